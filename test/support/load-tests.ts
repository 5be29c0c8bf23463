import { readdirSync } from "node:fs";
import path from "node:path";

const TESTS = path.resolve(__dirname, "..");

/**
 * Loads every test file below a folder of test/ into this process. One process for many files: each
 * further one would load Pulumi's SDK again, which takes longer than most files' tests.
 */
export function loadTests(folder: string, except: readonly string[] = []): void {
  const files = readdirSync(path.join(TESTS, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts"))
    .filter((file) => !except.some((excluded) => file.startsWith(`${excluded}${path.sep}`)))
    .sort();
  if (files.length === 0) throw new Error(`test/${folder} has no tests`);
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- files known only at run time
  for (const file of files) require(path.join(TESTS, folder, file));
}
