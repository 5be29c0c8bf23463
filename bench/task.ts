import path from "node:path";
import { parseSettings } from "../model/settings/parse";
import type { Stack } from "../model/stack";
import { resolveStack } from "../model/resolve-stack";
import { stackOf } from "./stack";

/** What one run did, beside the time and memory that it took. */
export interface TaskResult {
  /** CPU time of the task alone, without the start of Node.js and the loading of modules. */
  readonly cpuMs: number;
  readonly resources?: number;
  readonly bytes?: number;
}

const ROOT = path.resolve(__dirname, "..");

function resolved(services: number): Stack {
  const parsed = parseSettings({
    project: "whalewatch",
    stack: "bench",
    values: stackOf(services),
    encryptedKeys: [],
    secrets: {},
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return resolveStack("whalewatch", "bench", parsed.settings);
}

/** Each task imports what it needs, so that its memory is its own. */
const TASKS: Readonly<
  Record<string, (services: number) => Promise<() => Promise<object> | object>>
> = {
  async files() {
    const { provisionFiles } = await import("../configs/provision.js");
    return () => ({ bytes: JSON.stringify([...provisionFiles(resolved(SERVICES))]).length });
  },
  async render() {
    const { renderFiles } = await import("../cli/commands/render.js");
    return () => {
      const files = renderFiles(resolved(SERVICES));
      return { bytes: files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0) };
    };
  },
  plan() {
    const config = Object.entries(stackOf(SERVICES)).map(
      ([key, value]) =>
        [`whalewatch:${key}`, typeof value === "string" ? value : JSON.stringify(value)] as const,
    );
    return program(ROOT, Object.fromEntries(config));
  },
  peer: () => program(path.join(__dirname, "peer"), { "peer:services": String(SERVICES) }),
};

async function program(directory: string, config: Readonly<Record<string, string>>) {
  const { runProgram } = await import("../cli/engine/run-program.js");
  const run = { project: "whalewatch", stack: "bench", directory, config, secretKeys: [] };
  return async () => {
    const result = await runProgram({ ...run, timeoutMs: 600_000 });
    const [fault] = result.problems;
    if (result.exitCode !== 0 || fault !== undefined) {
      throw new Error(fault?.message ?? JSON.stringify(result.diagnostics));
    }
    return { resources: result.resources.length };
  };
}

const [task = "", services = ""] = process.argv.slice(2);
const SERVICES = Number(services);

async function main(): Promise<void> {
  const work = await TASKS[task]?.(SERVICES);
  if (work === undefined) throw new RangeError(`found the task ${task}`);
  const before = process.cpuUsage();
  const did = await work();
  const { user, system } = process.cpuUsage(before);
  console.log(JSON.stringify({ cpuMs: (user + system) / 1000, ...did }));
}

void main();
