import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { UserError } from "../user-error";
import { KUSTOMIZATION_FILE, RENDER_MARK } from "./kustomization";
import { MANIFESTS_FOLDER, type RenderedFile } from "./manifests";
import { SECRETS_FILE } from "./secret-guide";

/**
 * Writes a render in place of an earlier one.
 * @throws UserError for a folder with other things in it, before anything is written or removed; for
 * one that cannot be written to.
 */
export function writeRender(folder: string, files: readonly RenderedFile[]): void {
  const foreign = foreignEntry(folder);
  if (foreign !== undefined) {
    throw new UserError(
      `${folder} holds something else, such as ${foreign}. Choose a new or empty folder with --out.`,
    );
  }
  try {
    rmSync(path.join(folder, MANIFESTS_FOLDER), { recursive: true, force: true });
    mkdirSync(path.join(folder, MANIFESTS_FOLDER), { recursive: true });
    for (const file of files) writeFileSync(path.join(folder, file.path), file.text);
  } catch (error) {
    throw unusable(folder, error);
  }
}

function unusable(folder: string, error: unknown): UserError {
  const reason = error instanceof Error ? error.message : String(error);
  return new UserError(
    `--out: found ${folder}, which cannot be written to (${reason}); allowed: a new or empty folder.`,
  );
}

/** What a render did not write: it would be lost, or applied along with the rest. */
function foreignEntry(folder: string): string | undefined {
  if (!existsSync(folder)) return undefined;
  if (!statSync(folder).isDirectory()) throw unusable(folder, "it is a file");
  const entries = readdirSync(folder).sort();
  const own = [KUSTOMIZATION_FILE, MANIFESTS_FOLDER, SECRETS_FILE];
  const foreign = entries.find((entry) => !own.includes(entry));
  if (foreign !== undefined || entries.length === 0) return foreign;
  const mark = path.join(folder, KUSTOMIZATION_FILE);
  if (!existsSync(mark)) return entries[0];
  const listed = readFileSync(mark, "utf8");
  if (!listed.startsWith(RENDER_MARK)) return KUSTOMIZATION_FILE;
  const manifests = path.join(folder, MANIFESTS_FOLDER);
  const below = existsSync(manifests) ? readdirSync(manifests).sort() : [];
  return below
    .map((name) => `${MANIFESTS_FOLDER}/${name}`)
    .find((name) => !listed.includes(`- ${name}\n`));
}
