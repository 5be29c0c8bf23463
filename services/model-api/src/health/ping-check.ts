import { type HealthCheck } from "./health-check.js";

/** A server that answers, but slower than this, is of little use to requests. */
const SLOW_MS = 1000;

/** Checks that a backing server answers: "degraded" when slow, unhealthy when it fails. */
export function pingCheck(name: string, server: { ping(): Promise<void> }): HealthCheck {
  return {
    name,
    async run() {
      const start = performance.now();
      await server.ping();
      return { status: performance.now() - start > SLOW_MS ? "degraded" : "healthy" };
    },
  };
}
