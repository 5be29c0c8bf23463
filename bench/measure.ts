import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { TaskResult } from "./task";

const LOOK_EVERY_MS = 50;
/** In which Linux tells CPU times, on every architecture that Node.js runs on. */
const TICKS_PER_SECOND = 100;

/** One task in processes of its own. */
export interface Measured extends TaskResult {
  /** From the start of Node.js to its end. */
  readonly seconds: number;
  /** CPU time of all of its processes, their start included; nothing where the system does not tell. */
  readonly cpuSeconds: number | undefined;
  /** The peaks of all of its processes together; nothing where the system does not tell. */
  readonly peakMiB: number | undefined;
}

/**
 * Runs a task in a process of its own and watches it and its children.
 * @throws Error with its words when it fails.
 */
export function measure(task: string, services: number): Promise<Measured> {
  const args = ["--import", "tsx", path.join(__dirname, "task.ts"), task, String(services)];
  const began = performance.now();
  const spent = childrenCpuSeconds();
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const peaks = new Map<number, number>();
  const watch = setInterval(() => {
    notePeaks(child.pid, peaks);
  }, LOOK_EVERY_MS);
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      clearInterval(watch);
      const seconds = (performance.now() - began) / 1000;
      if (code !== 0) {
        reject(new Error(`${task} ${services} ended with code ${code ?? -1}: ${output}`));
        return;
      }
      const kib = [...peaks.values()].reduce((sum, peak) => sum + peak, 0);
      const result = JSON.parse(output) as TaskResult;
      const now = childrenCpuSeconds();
      const cpuSeconds = spent === undefined || now === undefined ? undefined : now - spent;
      resolve({ ...result, seconds, cpuSeconds, peakMiB: kib === 0 ? undefined : kib / 1024 });
    });
  });
}

/** What all children that have ended took, and theirs (`cutime` and `cstime` of proc(5)). */
function childrenCpuSeconds(): number | undefined {
  if (process.platform !== "linux") return undefined;
  const [, afterName = ""] = readFileSync("/proc/self/stat", "utf8").split(/\) (?=[^)]*$)/);
  const fields = afterName.split(" ");
  return (Number(fields[13]) + Number(fields[14])) / TICKS_PER_SECOND;
}

/** Linux tells the peak of each process; of the others nothing is noted. */
function notePeaks(root: number | undefined, peaks: Map<number, number>): void {
  if (root === undefined || process.platform !== "linux") return;
  const parents = new Map(
    readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), field(Number(name), "PPid")]),
  );
  const isOurs = (pid: number): boolean => {
    const parent = parents.get(pid);
    return pid === root || (parent !== undefined && parent > 1 && isOurs(parent));
  };
  for (const pid of parents.keys()) {
    const peak = isOurs(pid) ? field(pid, "VmHWM") : undefined;
    if (peak !== undefined) peaks.set(pid, Math.max(peak, peaks.get(pid) ?? 0));
  }
}

/** A number of a process's status; nothing where it has ended. */
function field(pid: number, name: string): number | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const [, value] = new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status) ?? [];
    return value === undefined ? undefined : Number(value);
  } catch {
    return undefined;
  }
}
