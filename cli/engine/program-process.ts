import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { createInterface } from "node:readline";
import { UserError } from "../user-error";
import { type ProgramRun } from "./program-run";

const DEFAULT_TIMEOUT_MS = 60_000;

/** Enough for resources to be registered in parallel, as the CLI does. */
const PARALLEL = "16";

/** What a child needs of this process to start at all: programs, a home, a place for caches. */
const inherited = ["PATH", "HOME", "TMPDIR", "TEMP", "TMP", "LANG", "SystemRoot"];

/** What Linux takes as one environment variable, name and end included (MAX_ARG_STRLEN, execve(2)). */
const LONGEST_VARIABLE_BYTES = 128 * 1024;

/** Exit code told when a signal ended the program. */
const KILLED = 1;

/** How the program's process ended. */
export interface ProgramExit {
  readonly exitCode: number;
  /** The time limit that it overran; absent when it ended by itself. */
  readonly overran?: number;
}

/** Runs the program under Pulumi's own runner, as the language host of the CLI does. */
export async function runProcess(
  run: ProgramRun,
  address: string,
  onLine: (source: "stdout" | "stderr", line: string) => void,
): Promise<ProgramExit> {
  const child = spawn(process.execPath, programArguments(run, address), {
    cwd: run.directory,
    env: programEnvironment(run),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const kill = () => child.kill("SIGKILL"); // a program that hangs may also ignore a polite signal
  const timeoutMs = run.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const limit = new AbortController();
  limit.signal.addEventListener("abort", kill);
  const timer = setTimeout(() => limit.abort(), timeoutMs);
  process.once("exit", kill);
  createInterface({ input: child.stdout }).on("line", (line) => onLine("stdout", line));
  createInterface({ input: child.stderr }).on("line", (line) => onLine("stderr", line));
  try {
    const exitCode = await ended(child);
    return { exitCode, ...(limit.signal.aborted && { overran: timeoutMs }) };
  } finally {
    clearTimeout(timer);
    process.removeListener("exit", kill);
  }
}

function ended(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? KILLED));
  });
}

/** The runner of the SDK copy that the program itself loads. */
function runnerPath(directory: string): string {
  if (!existsSync(directory)) {
    throw new Error(
      `The program's folder '${directory}' does not exist: give that of Pulumi.yaml.`,
    );
  }
  try {
    return createRequire(path.join(directory, "package.json")).resolve("@pulumi/pulumi/cmd/run");
  } catch (cause) {
    const reason = `'${directory}' has no @pulumi/pulumi to run its program with: npm install.`;
    throw new Error(reason, { cause });
  }
}

function programArguments(run: ProgramRun, address: string): string[] {
  return [
    ...["plain-errors.cjs", "quiet-sdk.cjs"].flatMap((file) => [
      "--require",
      path.join(__dirname, file),
    ]),
    ...(run.nodeArguments ?? ["--import", "tsx"]),
    runnerPath(run.directory),
    `--monitor=${address}`,
    `--engine=${address}`,
    `--organization=${run.organization ?? "organization"}`,
    `--project=${run.project}`,
    `--root-directory=${run.directory}`,
    `--stack=${run.stack}`,
    `--pwd=${run.directory}`,
    `--parallel=${PARALLEL}`,
    "--dry-run",
    run.directory,
  ];
}

function programEnvironment(run: ProgramRun): NodeJS.ProcessEnv {
  const own = inherited.map((name) => [name, process.env[name]] as const);
  return {
    ...Object.fromEntries(own.filter(([, value]) => value !== undefined)),
    NO_COLOR: "1",
    PULUMI_CONFIG: configVariable(run),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(run.secretKeys),
    PULUMI_NODEJS_TYPESCRIPT: "false", // tsx compiles; the runner's own ts-node would type-check too
    PULUMI_ERROR_OUTPUT_STRING: "true", // an Output in a plain string throws instead of rendering
    ...run.environment,
  };
}

/**
 * The configuration as the program reads it.
 * @throws UserError when it is longer than the operating system would pass on.
 */
function configVariable({ config }: ProgramRun): string {
  const text = JSON.stringify(config);
  const bytes = Buffer.byteLength(`PULUMI_CONFIG=${text}\0`);
  if (bytes > LONGEST_VARIABLE_BYTES) {
    throw new UserError(
      `The stack's settings: found ${Math.ceil(bytes / 1024)} KiB of JSON; allowed: ${LONGEST_VARIABLE_BYTES / 1024} KiB, since Pulumi too hands them to the program in one environment variable (pulumi/pulumi issue 8680). Leave out what has the default anyway, or split the stack.`,
    );
  }
  return text;
}
