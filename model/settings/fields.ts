import { z } from "zod";
import { Cpu } from "../units/cpu";
import { Duration } from "../units/duration";
import { Size } from "../units/size";
import { TimeOfDay } from "../units/time-of-day";

/** A DNS label short enough to leave room for the prefix and suffix that names on a platform get. */
export const NAME_PATTERN = /^[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?$/;
const NAME_ALLOWED =
  "a DNS label: 1 to 40 lower-case letters, digits and hyphens, a letter first, no hyphen last";

/**
 * `[registry/]repository(:tag|@sha256:digest)`: what must be there, so that dev and prod run the
 * same bytes. `latest` is refused because it names something else tomorrow.
 */
const IMAGE_PATTERN =
  /^(?:[a-z0-9.-]+(?::\d+)?\/)?[a-z0-9]+(?:[._/-]+[a-z0-9]+)*(?:(?::(?!latest(?:@|$))[\w][\w.-]{0,127})(?:@sha256:[a-f0-9]{64})?|@sha256:[a-f0-9]{64})$/;

/** The name of a service, volume or secret-free thing that becomes a DNS name. */
export const nameField = z.string({ error: NAME_ALLOWED }).regex(NAME_PATTERN, NAME_ALLOWED);

const DATABASE_NAME_ALLOWED =
  "a PostgreSQL name: 1 to 63 letters, digits, _ and -, a letter or _ first";
/** The name of a database or role that somebody else made. */
export const databaseNameField = z
  .string({ error: DATABASE_NAME_ALLOWED })
  .regex(/^[A-Za-z_][A-Za-z0-9_-]{0,62}$/, DATABASE_NAME_ALLOWED);

/** The name of a secret: the part after `secrets:` in the stack file. */
export const secretNameField = z
  .string({ error: "the name of a secret" })
  .regex(
    /^[A-Za-z][A-Za-z0-9_-]{0,62}$/,
    "a secret's name: letters, digits, _ and -, a letter first",
  );

const IMAGE_ALLOWED =
  "an image with a fixed tag (not latest) or a digest, such as ghcr.io/acme/api:1.4.2 or ghcr.io/acme/api@sha256:…";
export const imageField = z.string({ error: IMAGE_ALLOWED }).regex(IMAGE_PATTERN, IMAGE_ALLOWED);

/** A whole number within bounds, both included. */
export function wholeNumberField(from: number, to: number) {
  const allowed = `a whole number from ${from} to ${to}`;
  return z.number({ error: allowed }).int(allowed).min(from, allowed).max(to, allowed);
}

export const portField = wholeNumberField(1, 65_535);

const HOST_ALLOWED = "a DNS name such as api.example.com";
/** A host name of at least two labels. */
export const hostField = z
  .string({ error: HOST_ALLOWED })
  .regex(/^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, HOST_ALLOWED);

const PATH_ALLOWED = "a path that starts with / and has no spaces, such as /health";
export const urlPathField = z
  .string({ error: PATH_ALLOWED })
  .regex(/^\/[^\s?#"'\\]*$/, PATH_ALLOWED);

const DIRECTORY_ALLOWED = "an absolute directory other than /, such as /models";
export const directoryField = z
  .string({ error: DIRECTORY_ALLOWED })
  .regex(/^(?:\/[A-Za-z0-9_.-]*[A-Za-z0-9_-][A-Za-z0-9_.-]*)+$/, DIRECTORY_ALLOWED);

const USER_ALLOWED = "numeric user and group that are not root, such as 1000:1000";
/** `uid:gid`; root is refused. */
export const userField = z
  .string({ error: USER_ALLOWED })
  .regex(/^[1-9]\d{0,8}:\d{1,9}$/, USER_ALLOWED)
  .transform((text): { uid: number; gid: number } => {
    const [uid = "", gid = ""] = text.split(":");
    return { uid: Number(uid), gid: Number(gid) };
  });

/** A field for a unit class: its written form for editors, its own parser for the value. */
function unitField<T>(unit: { allowed: string; pattern: RegExp; parse(text: string): T }) {
  return z
    .string({ error: unit.allowed })
    .regex(unit.pattern, unit.allowed)
    .transform((text, context) => {
      try {
        return unit.parse(text);
      } catch {
        context.issues.push({ code: "custom", message: unit.allowed, input: text });
        return z.NEVER;
      }
    });
}

/** Memory or storage. */
export const sizeField = unitField(Size);
/** A span of time. */
export const durationField = unitField(Duration);
/** A time of day in UTC. */
export const timeOfDayField = unitField(TimeOfDay);
/** Cores: `0.5` may be written as a number too, as YAML reads it without quotes. */
export const cpuField = z
  .union([z.string(), z.number()], { error: Cpu.allowed })
  .transform((value, context) => {
    try {
      return Cpu.parse(String(value));
    } catch {
      context.issues.push({ code: "custom", message: Cpu.allowed, input: value });
      return z.NEVER;
    }
  })
  .meta({ examples: ["0.5", "500m"], description: Cpu.allowed });

/** Docker takes no lower limit ("Minimum memory limit allowed is 6MB", moby daemon/daemon_unix.go). */
const LEAST_MEMORY = Size.parse("6Mi");
const memoryField = sizeField.refine(
  ({ mebibytes }) => mebibytes >= LEAST_MEMORY.mebibytes,
  `at least ${LEAST_MEMORY.toString()}, the least that Docker takes`,
);

/** Memory and CPU, both required wherever they are written. */
export const limitsField = z
  .strictObject(
    { memory: memoryField, cpu: cpuField },
    { error: "memory and cpu, such as { memory: 256Mi, cpu: 0.5 }" },
  )
  .meta({ description: "The most that one replica may use." });

const ADDRESS_ALLOWED = "an IPv4 address of this host, 127.0.0.1 unless others must reach it";
const PUBLISH_ALLOWED = "a host port from 1 to 65535, or { port, address }";
/** A host port, on 127.0.0.1 unless an address is written with it. */
export const publishField = z
  .union(
    [
      portField,
      z.strictObject({
        port: portField,
        address: z.ipv4({ error: ADDRESS_ALLOWED }).default("127.0.0.1"),
      }),
    ],
    { error: PUBLISH_ALLOWED },
  )
  .transform((value) => (typeof value === "number" ? { port: value, address: "127.0.0.1" } : value))
  .meta({ description: "Opens this port on the host, on 127.0.0.1 unless an address is given." });

/** Text of letters, digits, dots and hyphens. */
export function pathSafeText(what: string) {
  const allowed = `${what}: letters, digits, dots and hyphens`;
  return z.string({ error: allowed }).regex(/^[A-Za-z0-9.-]+$/, allowed);
}

/** true or false. */
export const switchField = z.boolean({ error: "true or false" });
