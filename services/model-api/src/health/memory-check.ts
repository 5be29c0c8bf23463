import { type MemoryUsage } from "../system/memory-usage.js";
import { readMemoryUsage } from "../system/read-memory-usage.js";
import { type HealthCheck } from "./health-check.js";

/** Checks used memory: below 80 % healthy, below 90 % warning, else critical. */
export function memoryCheck(read: () => Promise<MemoryUsage> = readMemoryUsage): HealthCheck {
  return {
    name: "memory",
    async run() {
      const { percent, usedBytes, limitBytes } = await read();
      const status = percent < 80 ? "healthy" : percent < 90 ? "warning" : "critical";
      return {
        status,
        details: { usedPercent: Math.round(percent * 10) / 10, usedBytes, limitBytes },
      };
    },
  };
}
