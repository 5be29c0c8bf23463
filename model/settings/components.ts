import { z } from "zod";
import { IMAGES } from "../images";
import type { Limits } from "../limits";
import { Cpu } from "../units/cpu";
import { Duration } from "../units/duration";
import { Size } from "../units/size";
import {
  durationField,
  imageField,
  limitsField,
  nameField,
  publishField,
  sizeField,
  switchField,
  userField,
  wholeNumberField,
} from "./fields";

/** What every supported program can set, with its own defaults. */
function programFields(image: string, memory: string, cpu: string, user: string) {
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
const storage = (size: string) =>
  sizeField.default(Size.parse(size)).meta({ description: "How much its volume should hold." });
const publish = publishField.optional();
const mapping = <T extends z.ZodRawShape>(shape: T, description: string) =>
  z.strictObject(shape, { error: "a mapping of settings" }).meta({ description });
/** A section that is there without being written, with all of its defaults. */
const section = <T extends z.ZodRawShape>(shape: T, description: string) =>
  mapping(shape, description).prefault({} as z.input<z.ZodObject<T>>);

/** PostgreSQL. Present only when the stack file has this section. */
export const postgresSchema = mapping(
  {
    ...programFields(IMAGES.postgres, "256Mi", "0.5", "999:999"),
    storage: storage("5Gi"),
    database: nameField.default("app").meta({
      description: "Database made at the first start; services log in as its owner `app`.",
    }),
    maxConnections: wholeNumberField(10, 1000).default(100),
  },
  "PostgreSQL: reachable by the services that need it, never from the host.",
);

/** Redis. Present only when the stack file has this section. */
export const redisSchema = mapping(
  {
    ...programFields(IMAGES.redis, "128Mi", "0.25", "999:999"),
    storage: storage("1Gi"),
    maxmemoryPolicy: z
      .enum(["noeviction", "allkeys-lru", "allkeys-lfu", "volatile-lru", "volatile-lfu"], {
        error: "noeviction, allkeys-lru, allkeys-lfu, volatile-lru or volatile-lfu",
      })
      .default("noeviction")
      .meta({ description: "What goes when 75 % of the memory limit is full; default nothing." }),
  },
  "Redis: reachable by the services that need it, never from the host.",
);

/** Prometheus. */
export const prometheusSchema = section(
  {
    ...programFields(IMAGES.prometheus, "256Mi", "0.5", "65534:65534"),
    storage: storage("5Gi"),
    publish,
    scrapeInterval: durationField.default(Duration.seconds(15)),
    retention: durationField.default(Duration.parse("15d")).meta({
      description: "How long samples are kept, unless 80 % of the volume fills first.",
    }),
  },
  "Prometheus: scrapes everything that is declared.",
);

/** Grafana. */
export const grafanaSchema = section(
  { ...programFields(IMAGES.grafana, "256Mi", "0.5", "472:0"), storage: storage("1Gi"), publish },
  "Grafana: the datasource and the dashboards are provisioned; the password is generated.",
);

/** Alertmanager. */
export const alertmanagerSchema = section(
  {
    ...programFields(IMAGES.alertmanager, "64Mi", "0.1", "65534:65534"),
    storage: storage("256Mi"),
    publish,
  },
  "Alertmanager: groups, silences and routes what Prometheus finds.",
);

/** node-exporter. */
export const nodeExporterSchema = section(
  programFields(IMAGES.nodeExporter, "64Mi", "0.1", "65534:65534"),
  "node-exporter: the host's CPU, memory and disks, read-only.",
);

/** The exporters beside the stores, and the blackbox prober. */
export const exportersSchema = section(
  {
    postgres: section(
      programFields(IMAGES.postgresExporter, "64Mi", "0.1", "65534:65534"),
      "Postgres' metrics; present with postgres.",
    ),
    redis: section(
      programFields(IMAGES.redisExporter, "32Mi", "0.1", "59000:59000"),
      "Redis' metrics; present with redis.",
    ),
    blackbox: section(
      programFields(IMAGES.blackboxExporter, "64Mi", "0.1", "65534:65534"),
      "Asks every health path from outside the service.",
    ),
  },
  "Exporters: derived from what is declared; each can be switched off.",
);
