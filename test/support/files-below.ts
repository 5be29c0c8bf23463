import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** Every file below a folder: relative path to text, sorted. */
export function filesBelow(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = files.map(({ parentPath, name }) => {
    const location = path.join(parentPath, name);
    return [path.relative(folder, location), readFileSync(location, "utf8")] as const;
  });
  return new Map(texts.sort(([a], [b]) => (a < b ? -1 : 1)));
}
