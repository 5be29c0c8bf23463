import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { UserError } from "../user-error";
import { exportedStack } from "./exported-stack";
import type { PulumiCli } from "./pulumi-cli";

/** How many exports of a stack are kept where WHALEWATCH_STATE_EXPORTS does not say. */
export const DEFAULT_EXPORTS = 20;
const VARIABLE = "WHALEWATCH_STATE_EXPORTS";
/** What an export is called until it is whole. */
export const UNFINISHED = ".part";

const exportSchema = exportedStack(z.unknown());

/** What an export is made of. */
export interface ExportArgs {
  readonly pulumi: Pick<PulumiCli, "read">;
  readonly stack: string;
  /** The folder that is the project's alone. */
  readonly folder: string;
  /** How many stay; 0 makes none. */
  readonly keep: number;
  readonly now?: Date;
}

/**
 * How many exports of a stack to keep.
 * @default 20; WHALEWATCH_STATE_EXPORTS says another number, 0 for none.
 * @throws UserError for anything but a whole number from 0 to 1000.
 */
export function exportsToKeep(given: NodeJS.ProcessEnv = process.env): number {
  const text = given[VARIABLE] ?? "";
  if (text === "") return DEFAULT_EXPORTS;
  const keep = Number(text);
  if (/^\d+$/.test(text) && keep <= 1000) return keep;
  throw new UserError(
    `${VARIABLE}: found ${JSON.stringify(text)}; allowed is a whole number from 0 (no exports) to 1000.`,
  );
}

/** Where the exports of a stack are, the newest last by name. */
export function exportsFolder(folder: string, stack: string): string {
  return path.join(folder, "exports", stack);
}

/**
 * Keeps a copy of a stack's state as it is now, its secrets encrypted as they are, and removes the
 * oldest beyond what is to be kept. A stack without resources has nothing to keep.
 * @returns the copy's file; undefined where none was made.
 * @throws UserError when it cannot be written: nothing has been changed by then.
 */
export function exportStack(args: ExportArgs): string | undefined {
  const { pulumi, stack, keep, now = new Date() } = args;
  if (keep === 0) return undefined;
  const text = pulumi.read(["stack", "export", "--stack", stack]);
  if (exportSchema.parse(JSON.parse(text)).resources.length === 0) return undefined;
  const folder = exportsFolder(args.folder, stack);
  const file = path.join(folder, `${now.toISOString().replaceAll(":", "-")}.json`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const unfinished = `${file}${UNFINISHED}`;
    writeFileSync(unfinished, text, { mode: 0o600 });
    renameSync(unfinished, file);
    for (const old of finished(folder).slice(0, -keep)) rmSync(path.join(folder, old));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(
      `The state of ${stack} cannot be copied to ${folder}: ${reason}. Nothing was changed. Free space or mend the folder's rights; ${VARIABLE}=0 goes on without a copy.`,
    );
  }
  return file;
}

/** Whole exports, the oldest first. */
function finished(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort();
}
