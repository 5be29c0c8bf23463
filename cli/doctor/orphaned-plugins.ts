import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import path from "node:path";
import { type Diagnosis, ok, warn } from "./diagnosis";

const PLUGIN = /(^|\/)(pulumi-resource-[a-z-]+$|resource-[a-z-]+-v[^/]+\/)/;

/** A provider plugin whose Pulumi is gone. */
export interface OrphanedPlugin {
  readonly pid: number;
  readonly command: string;
}

/**
 * Provider plugins that this project's Pulumi started and left running when it was killed.
 * @param proc where the kernel tells of processes; elsewhere than on Linux nobody is found.
 */
export function orphanedPlugins(directory: string, proc = "/proc"): OrphanedPlugin[] {
  if (!existsSync(proc)) return [];
  return readdirSync(proc)
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name): OrphanedPlugin[] => {
      try {
        const words = commandLine(proc, name);
        if (!words.some((word) => PLUGIN.test(word))) return [];
        if (readlinkSync(path.join(proc, name, "cwd")) !== directory) return [];
        const [program = ""] = commandLine(proc, parentOf(proc, name));
        if (path.basename(program).startsWith("pulumi")) return [];
        return [{ pid: Number(name), command: words.join(" ") }];
      } catch {
        // It has ended meanwhile, or is another user's.
        return [];
      }
    });
}

function commandLine(proc: string, pid: string): string[] {
  const text = existsSync(path.join(proc, pid, "cmdline"))
    ? readFileSync(path.join(proc, pid, "cmdline"), "utf8")
    : "";
  return text.split("\0").filter((word) => word !== "");
}

/** The parent's id stands after the program's name, which is in brackets and may hold anything. */
function parentOf(proc: string, pid: string): string {
  const stat = readFileSync(path.join(proc, pid, "stat"), "utf8");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1] ?? "";
}

/** Whether plugins were left behind. */
export function checkPlugins(orphans: readonly OrphanedPlugin[], fix: string): Diagnosis {
  if (orphans.length === 0) return ok("processes", "no plugin was left behind");
  const pids = orphans.map(({ pid }) => pid).join(", ");
  return warn("processes", `plugins of a Pulumi that is gone still run: ${pids}`, fix);
}
