import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { readCgroupNumber } from "./read-cgroup-number.js";

async function quotaCores(cgroupRoot: string): Promise<number | undefined> {
  const v2 = await readFile(join(cgroupRoot, "cpu.max"), "utf8").catch(() => "");
  const [v2Quota, v2Period] = v2.trim().split(" ").map(Number);
  const quota = v2Quota ?? NaN;
  if (quota > 0 && v2Period !== undefined) return quota / v2Period;
  const [v1Quota, v1Period] = await Promise.all([
    readCgroupNumber(join(cgroupRoot, "cpu/cpu.cfs_quota_us")),
    readCgroupNumber(join(cgroupRoot, "cpu/cpu.cfs_period_us")),
  ]);
  // Version 1 writes "no quota" as -1.
  if (v1Quota === undefined || v1Period === undefined || v1Quota <= 0) return undefined;
  return v1Quota / v1Period;
}

/**
 * Cores this process may use: the container's CPU quota where one is set (it may be a fraction),
 * else the cores of the host.
 * @param cgroupRoot where the control group file system is mounted.
 */
export async function readCpuCores(cgroupRoot = "/sys/fs/cgroup"): Promise<number> {
  const hostCores = availableParallelism();
  return Math.min((await quotaCores(cgroupRoot)) ?? hostCores, hostCores);
}
