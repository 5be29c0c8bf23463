import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, type TestContext } from "node:test";
import { temporaryFolder } from "../../../support/temporary-folder.js";

/** Builds the service to a place of its own and returns the path of its one file, until the tests have ended. */
export function buildService(): string {
  const file = join(temporaryFolder({ after }), "server.mjs");
  execFileSync(process.execPath, ["services/model-api/build.mjs", file]);
  return file;
}

/** Runs the built service; killed when the test ends should it still run. */
export function startService(t: TestContext, file: string, env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, [file], { env, stdio: ["ignore", "pipe", "inherit"] });
  t.after(() => child.kill("SIGKILL"));
  const lines: string[] = [];
  const reader = createInterface(child.stdout);
  reader.on("line", (line) => lines.push(line));
  const exited = once(child, "close").then(() => child.exitCode);

  /** Waits for a log line that matches, also one already written. */
  const logged = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const found = lines.find((line) => pattern.test(line));
      if (found !== undefined) return found;
      const next = await Promise.race([once(reader, "line"), exited.then(() => "exit")]);
      if (next === "exit") throw new Error(`exited without logging ${String(pattern)}`);
    }
  };
  return { child, lines, exited, logged };
}
