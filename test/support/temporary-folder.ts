import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestContext } from "node:test";

/** A new folder with these files, by relative path; gone after the test. */
export function temporaryFolder(
  context: Pick<TestContext, "after">,
  files: Readonly<Record<string, string>> = {},
): string {
  const folder = mkdtempSync(path.join(realpathSync(tmpdir()), "whalewatch-"));
  context.after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  for (const [file, text] of Object.entries(files)) {
    const location = path.join(folder, file);
    mkdirSync(path.dirname(location), { recursive: true });
    writeFileSync(location, text);
  }
  return folder;
}
