import { z } from "zod";
import { checkSpace, ENGINE_SPACE, freeMebibytes } from "./disk-space";
import { type Diagnosis, fail, ok, warn } from "./diagnosis";

/** The oldest API that the live tests run with: Docker 20.10. */
const OLDEST_API = 1.41;
/** Seconds. Containers have the engine's clock; beyond this, graphs and logs are off by what is seen. */
const CLOCK_WARN = 2;
/** Seconds. Beyond this certificates, tokens and Prometheus' samples are refused. */
const CLOCK_FAIL = 60;

const versionSchema = z.object({ Version: z.string(), ApiVersion: z.string() });
const infoSchema = z.object({
  CgroupVersion: z.string().default("1"),
  MemoryLimit: z.boolean().default(false),
  SwapLimit: z.boolean().default(false),
  CpuCfsQuota: z.boolean().default(false),
  DockerRootDir: z.string(),
  SystemTime: z.iso.datetime({ offset: true }),
});

/** An engine as far as it tells of itself; dockerode's client is one. */
export interface DescribedEngine {
  version(): Promise<unknown>;
  info(): Promise<unknown>;
}

/** What of this machine goes into the comparison. */
export interface ThisMachine {
  /** In milliseconds. */
  readonly now: () => number;
  readonly free: (folder: string) => number;
  /** The engine runs on another machine, or in a virtual one. */
  readonly engineElsewhere: boolean;
}

const THIS_MACHINE: ThisMachine = {
  now: Date.now,
  free: freeMebibytes,
  engineElsewhere: process.platform !== "linux" || isRemote(process.env["DOCKER_HOST"]),
};

function isRemote(host = ""): boolean {
  return host !== "" && !host.startsWith("unix:");
}

/** What an engine that answers can do, its space and its clock. */
export async function diagnoseEngine(
  docker: DescribedEngine,
  machine: ThisMachine = THIS_MACHINE,
): Promise<Diagnosis[]> {
  const version = versionSchema.parse(await docker.version());
  const asked = machine.now();
  const info = infoSchema.parse(await docker.info());
  const between = (asked + machine.now()) / 2;
  return [
    checkVersion(version),
    ...checkLimits(info),
    machine.engineElsewhere
      ? ok("engine's disk", `${info.DockerRootDir} is on another machine, whose space is not seen`)
      : checkSpace("engine's disk", info.DockerRootDir, ENGINE_SPACE, machine.free),
    checkClock((Date.parse(info.SystemTime) - between) / 1000),
  ];
}

function checkVersion({ Version, ApiVersion }: z.output<typeof versionSchema>): Diagnosis {
  const found = `Docker ${Version}, API ${ApiVersion}`;
  const [major = 0, minor = 0] = ApiVersion.split(".").map(Number);
  if (major > 1 || minor >= 41) return ok("engine", found);
  return fail("engine", `${found}; ${OLDEST_API} is needed`, "Update Docker to 20.10 or newer.");
}

function checkLimits(info: z.output<typeof infoSchema>): Diagnosis[] {
  const cgroup = `cgroup v${info.CgroupVersion}`;
  const toDo =
    "Give the engine's user these controllers (rootless: systemd's Delegate=cpu memory), or run a rootful engine.";
  const lacking = [...(info.MemoryLimit ? [] : ["memory"]), ...(info.CpuCfsQuota ? [] : ["CPU"])];
  if (lacking.length > 0) {
    return [fail("limits", `${cgroup}: ${lacking.join(" and ")} cannot be limited`, toDo)];
  }
  if (!info.SwapLimit) {
    const found = `${cgroup}: swap cannot be limited, so a container may use more than its memory`;
    return [warn("limits", found, "Boot with swapaccount=1, or switch swap off.")];
  }
  return [ok("limits", `${cgroup}: memory, swap and CPU can be limited`)];
}

/** @param seconds the engine is ahead. */
function checkClock(seconds: number): Diagnosis {
  const apart = Math.abs(seconds);
  if (apart < CLOCK_WARN) return ok("clock", "the engine's agrees with this machine's");
  const found = `the engine's is ${apart.toFixed(0)} s ${seconds > 0 ? "ahead of" : "behind"} this machine's`;
  const toDo =
    "Have both follow a time server (timedatectl set-ntp true); restart Docker Desktop after a sleep.";
  return apart < CLOCK_FAIL ? warn("clock", found, toDo) : fail("clock", found, toDo);
}
