import { writeFileSync } from "node:fs";
import path from "node:path";
import { stackFileSchema } from "../../model/settings/json-schema";

/** The schema's file, named in the first line of each stack file. */
export const SCHEMA_FILE = "stack.schema.json";

/** Writes the JSON Schema that gives editors completion and checks in stack files. */
export function schema(directory: string): void {
  const text = `${JSON.stringify(stackFileSchema("whalewatch"), null, 2)}\n`;
  writeFileSync(path.join(directory, SCHEMA_FILE), text);
}
