import { readFile } from "node:fs/promises";

/**
 * Reads a password from its file, without the line end an editor leaves. Called for every new
 * connection, so a rotated password is picked up without a restart.
 * @throws Error when the file cannot be read.
 */
export async function readPassword(file: string): Promise<string> {
  return (await readFile(file, "utf8")).replace(/\r?\n$/, "");
}
