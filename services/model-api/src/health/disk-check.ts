import { statfs } from "node:fs/promises";
import { type HealthCheck } from "./health-check.js";

/** Free and total space of a file system, in blocks of one size. */
type DiskReader = () => Promise<{ readonly bavail: number; readonly blocks: number }>;

/** Checks free disk space: above 10 % healthy, above 5 % warning, else critical. */
export function diskCheck(read: DiskReader = () => statfs("/")): HealthCheck {
  return {
    name: "disk",
    async run() {
      const { bavail, blocks } = await read();
      const freePercent = (bavail / blocks) * 100;
      const status = freePercent > 10 ? "healthy" : freePercent > 5 ? "warning" : "critical";
      return { status, details: { freePercent: Math.round(freePercent * 10) / 10 } };
    },
  };
}
