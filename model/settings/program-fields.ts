import { z } from "zod";
import type { Limits } from "../limits";
import { Cpu } from "../units/cpu";
import { Size } from "../units/size";
import {
  imageField,
  limitsField,
  publishField,
  sizeField,
  switchField,
  userField,
  wholeNumberField,
} from "./fields";

/** What every supported program can set, with its own defaults. */
export function programFields(image: string, memory: string, cpu: string, user: string) {
  const limits: Limits = { memory: Size.parse(memory), cpu: Cpu.parse(cpu) };
  const [uid = "", gid = ""] = user.split(":");
  return {
    enabled: switchField.default(true),
    image: imageField.default(image),
    limits: limitsField.default(limits),
    user: userField
      .default({ uid: Number(uid), gid: Number(gid) })
      .meta({ description: "uid:gid that the image's files belong to; change it with the image." }),
  };
}

/** How much a program's volume should hold. */
export const storage = (size: string) =>
  sizeField.default(Size.parse(size)).meta({ description: "How much its volume should hold." });
/** The host port of a program's page. */
export const publish = publishField.optional();
/** A mapping that knows all of its keys. */
export const mapping = <T extends z.ZodRawShape>(shape: T, description: string) =>
  z.strictObject(shape, { error: "a mapping of settings" }).meta({ description });

/** A section that is there without being written, with all of its defaults. */
export const section = <T extends z.ZodRawShape>(shape: T, description: string) =>
  mapping(shape, description).prefault({} as z.input<z.ZodObject<T>>);

/** How many of a program run side by side, each with data of its own. */
export const replicas = (description: string) =>
  wholeNumberField(1, 3).default(1).meta({ description });
