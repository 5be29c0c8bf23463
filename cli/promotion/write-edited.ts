import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Say } from "../platforms/platform-access";
import { UserError } from "../user-error";
import { changedLines } from "./image-edits";

/** A change of a stack file. */
export interface EditedFile {
  /** Where it is. */
  readonly location: string;
  /** Its text as it was read. */
  readonly text: string;
  readonly edited: string;
  /** Do not ask. */
  readonly sure: boolean;
  readonly ask: (question: string) => Promise<string>;
  readonly say: Say;
}

/**
 * Shows what changes in a stack file, asks, and writes it.
 * @throws UserError without a yes, and when somebody has changed the file meanwhile.
 */
export async function writeEdited(file: EditedFile): Promise<void> {
  const { location, text, edited, sure, ask, say } = file;
  const name = path.basename(location);
  say(changedLines(name, text, edited));
  if (!sure && (await ask(`Write this to ${name}? (yes/no) `)) !== "yes") {
    throw new UserError("Not confirmed; nothing was changed.");
  }
  if (readFileSync(location, "utf8") !== text) {
    throw new UserError(`${name} was changed meanwhile; nothing was written. Run this again.`);
  }
  writeFileSync(location, edited);
}
