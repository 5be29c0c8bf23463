import { freemem, totalmem } from "node:os";
import { join } from "node:path";
import { type MemoryUsage } from "./memory-usage.js";
import { readCgroupNumber } from "./read-cgroup-number.js";

/** Where each control group version keeps its figures, the newer version first. */
const LAYOUTS = [
  {
    limit: "memory.max",
    used: "memory.current",
    stat: "memory.stat",
    reclaimable: "inactive_file",
  },
  {
    limit: "memory/memory.limit_in_bytes",
    used: "memory/memory.usage_in_bytes",
    stat: "memory/memory.stat",
    reclaimable: "total_inactive_file",
  },
];

function usage(limitBytes: number, usedBytes: number): MemoryUsage {
  const availableBytes = Math.max(0, limitBytes - usedBytes);
  return { limitBytes, usedBytes, availableBytes, percent: (usedBytes / limitBytes) * 100 };
}

/**
 * Measures memory against the container's limit (control groups v2, then v1), or against the host
 * where there is no limit below the host's own memory.
 * @param cgroupRoot where the control group file system is mounted.
 */
export async function readMemoryUsage(cgroupRoot = "/sys/fs/cgroup"): Promise<MemoryUsage> {
  const hostBytes = totalmem();
  for (const layout of LAYOUTS) {
    const [limit, used, reclaimable] = await Promise.all([
      readCgroupNumber(join(cgroupRoot, layout.limit)),
      readCgroupNumber(join(cgroupRoot, layout.used)),
      readCgroupNumber(join(cgroupRoot, layout.stat), layout.reclaimable),
    ]);
    // Version 1 writes "no limit" as a number near 2^63, beyond any host's memory.
    if (limit !== undefined && used !== undefined && limit > 0 && limit < hostBytes) {
      return usage(limit, Math.max(0, used - (reclaimable ?? 0)));
    }
  }
  return usage(hostBytes, hostBytes - freemem());
}
