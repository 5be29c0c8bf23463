import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Whatever runs something when it is over: a test, or a file of tests. */
interface Context {
  after(clean: () => void): void;
}

/** A new folder with these files, by relative path; gone after the test. */
export function temporaryFolder(
  context: Context,
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
