import { accessSync, constants, statSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { test, type TestContext } from "node:test";

/** The programs that check what is rendered, as their own projects ship them, and browsers. */
export type Tool =
  "promtool" | "amtool" | "actionlint" | "chromium" | "chromium-browser" | "google-chrome";

/** Where test/lab/tools.sh puts them; the default of LAB_STATE is that of the lab's scripts. */
function labTools(environment: NodeJS.ProcessEnv): string {
  const states = environment["XDG_STATE_HOME"] ?? path.join(homedir(), ".local", "state");
  return path.join(environment["LAB_STATE"] ?? path.join(states, "whalewatch-lab"), "tools", "bin");
}

/** The path of a tool, from PATH before what test/lab/tools.sh made available; absent where neither has it. */
export function findTool(
  tool: Tool,
  environment: NodeJS.ProcessEnv = process.env,
): string | undefined {
  const folders = (environment["PATH"] ?? "").split(path.delimiter).filter((entry) => entry !== "");
  return [...folders, labTools(environment)]
    .map((folder) => path.join(folder, tool))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** A test that needs a tool: gets its path, or is skipped with the way to get it. */
export function testWithTool(
  tool: Tool,
  title: string,
  body: (program: string, context: TestContext) => void | Promise<void>,
): void {
  const program = findTool(tool);
  const skip =
    program === undefined
      ? `NOT CHECKED: ${tool} is neither on PATH nor in the lab; run test/lab/tools.sh, then this again`
      : false;
  test(title, { skip }, (context) => body(program ?? tool, context));
}
