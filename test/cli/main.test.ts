import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { PROJECT_DIRECTORY } from "../support/declared-stack";
import { stubPulumi } from "../support/stub-pulumi";
import { temporaryFolder } from "../support/temporary-folder";

interface Ending {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command as it is installed. */
function whalewatch(
  directory: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Ending> {
  const command = path.join(PROJECT_DIRECTORY, "cli/whalewatch.cjs");
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [command, ...args], { cwd: directory, env: environment });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
}

const FILES = {
  "Pulumi.yaml": "name: whalewatch\n",
  "Pulumi.dev.yaml": `config:
  whalewatch:services: { api: { image: "a:latest", port: 0, limits: { memory: 6Mi, cpu: 1 } } }
  whalewatch:grafana: { publsh: 3000 }
`,
};

for (const [args, first] of [
  [["pln"], "error: unknown command 'pln'"],
  [["plan", "--jsn"], "error: unknown option '--jsn'"],
] as const) {
  test(`whalewatch ${args.join(" ")}: exit code 1, the reason, and the right way`, async (context) => {
    const { code, stdout, stderr } = await whalewatch(temporaryFolder(context), args);
    assert.deepEqual([code, stdout, stderr.split("\n")[0]], [1, "", first]);
    assert.match(stderr, /\nUsage: whalewatch /);
    assert.doesNotMatch(stderr, /\n\s+at /);
  });
}

test("a bad stack file: exit code 1, all problems, no stack trace, nothing written", async (context) => {
  const directory = temporaryFolder(context, FILES);
  const { code, stdout, stderr } = await whalewatch(directory, ["plan"]);
  assert.deepEqual([code, stdout], [1, ""]);
  const [first, ...problems] = stderr.trimEnd().split("\n");
  assert.equal(first, "Pulumi.dev.yaml has 3 problems; nothing was created.");
  assert.deepEqual(
    problems.map((problem) => problem.trim().split(":").slice(0, 2).join(":")).sort(),
    ["whalewatch:grafana.publsh", "whalewatch:services.api.image", "whalewatch:services.api.port"],
  );
  assert.equal(existsSync(path.join(directory, "out")), false);
});

test("Grafana's password is printed alone, as Pulumi knows it", async (context) => {
  const directory = temporaryFolder(context, FILES);
  const { environment, calls } = stubPulumi(context, 'echo "the-password"');
  const args = ["password", "--stack", "dev"];
  assert.deepEqual(await whalewatch(directory, args, environment), {
    code: 0,
    stdout: "the-password\n",
    stderr: "",
  });
  assert.deepEqual(calls(), [
    "stack output grafanaPassword --show-secrets --stack dev --non-interactive",
  ]);
});

test("no command waits for Pulumi's SDK, which takes as long to load as all the rest", async () => {
  const loaded = `require("./cli/program"); console.log(Object.keys(require.cache).join("\\n"))`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", "--eval", loaded],
    { cwd: PROJECT_DIRECTORY },
  );
  const files = stdout.split("\n").map((file) => path.relative(PROJECT_DIRECTORY, file));
  assert.ok(files.includes(path.join("cli", "commands", "rotate.ts")));
  const runtime = path.join("node_modules", "@pulumi", "pulumi", "runtime");
  assert.deepEqual(
    files.filter((file) => file.startsWith(runtime)),
    [],
  );
});
