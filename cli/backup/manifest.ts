import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { UserError } from "../user-error";

/** The format that this program writes, and the newest that it reads. */
const FORMAT = 1 as const;
/** The file that makes a folder a backup. */
export const MANIFEST_FILE = "manifest.json";

const entrySchema = z.strictObject({
  /** database: `pg_dump --format custom`; roles: SQL without passwords; volume: tar of a directory. */
  kind: z.enum(["database", "roles", "volume"]),
  /** What runs with it, by its name in the stack. */
  workload: z.string(),
  /** The database, or the directory inside the workload; `roles`. */
  name: z.string(),
  /** What wrote it: the image, and of Postgres the server's major version. */
  version: z.string(),
  /** Its file in the folder. */
  file: z.string().regex(/^[^/]+$/),
  bytes: z.number(),
  sha256: z.string(),
});
const contentSchema = z.strictObject({
  format: z.literal(FORMAT),
  project: z.string(),
  stack: z.string(),
  platform: z.enum(["docker", "kubernetes"]),
  /** When the first part was begun; each is of a moment of its own. */
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  entries: z.array(entrySchema),
});
const manifestSchema = contentSchema.extend({ digest: z.string() });

/** One file of a backup. */
export type BackupEntry = z.output<typeof entrySchema>;
/** What a backup holds, of which stack and time. */
export type Manifest = Omit<z.output<typeof contentSchema>, "format">;

/** Writes the manifest, with a digest over itself. */
export function writeManifest(folder: string, manifest: Manifest): void {
  const content = { format: FORMAT, ...manifest };
  const text = JSON.stringify({ ...content, digest: digestOf(content) }, null, 2);
  writeFileSync(path.join(folder, MANIFEST_FILE), `${text}\n`, { mode: 0o600 });
}

/**
 * Reads a backup's manifest.
 * @throws UserError when there is none, it is damaged, or a newer program wrote it.
 */
export function readManifest(folder: string): Manifest {
  const file = path.join(folder, MANIFEST_FILE);
  if (!existsSync(file)) {
    throw new UserError(
      `${folder} is no backup: it has no ${MANIFEST_FILE}. One that was interrupted has none.`,
    );
  }
  const written = jsonOf(readFileSync(file, "utf8"));
  const { format } = z.object({ format: z.number() }).catch({ format: 0 }).parse(written);
  if (format > FORMAT) {
    throw new UserError(
      `${file} has format ${format}; allowed: at most ${FORMAT}. A newer whalewatch wrote it: restore with that one.`,
    );
  }
  const { success, data } = manifestSchema.safeParse(written);
  if (!success) throw damaged(file);
  const { digest, ...content } = data;
  if (digestOf(content) !== digest) throw damaged(file);
  return content;
}

const damaged = (file: string) =>
  new UserError(`${file} was changed or damaged after the backup. Take another backup.`);

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function digestOf(content: z.output<typeof contentSchema>): string {
  return createHash("sha256")
    .update(JSON.stringify(contentSchema.parse(content)))
    .digest("hex");
}
