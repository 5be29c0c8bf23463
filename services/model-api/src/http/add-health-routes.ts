import { type FastifyInstance } from "fastify";
import { type HealthCheck } from "../health/health-check.js";
import { type HealthReport } from "../health/health-report.js";
import { httpCodeOfStatus } from "../health/http-code-of-status.js";
import { runHealthChecks } from "../health/run-health-checks.js";
import { SERVICE_VERSION } from "../service-version.js";

interface Options {
  readonly service: string;
  readonly checks: readonly HealthCheck[];
  isStopping(): boolean;
}

/**
 * Adds GET /health (can requests be served: all checks, 503 when critical, unhealthy or stopping)
 * and GET /live (does the process answer: always 200).
 */
export function addHealthRoutes(app: FastifyInstance, options: Options): void {
  const { service, checks } = options;
  let last = "healthy";

  const logChange = ({ status, checks: results }: HealthReport) => {
    if (status === last) return;
    last = status;
    const failing = Object.entries(results).filter(([, result]) => result.status !== "healthy");
    app.log.warn({ status, failing: Object.fromEntries(failing) }, "health changed");
  };

  app.get("/health", async (_request, reply) => {
    const report = await runHealthChecks(checks);
    logChange(report);
    const stopping = options.isStopping();
    const status = stopping ? "unhealthy" : report.status;
    return reply.code(httpCodeOfStatus(status)).send({
      status,
      service,
      version: SERVICE_VERSION,
      stopping,
      timestamp: new Date().toISOString(),
      uptimeSeconds: Math.round(process.uptime()),
      checks: report.checks,
    });
  });

  app.get("/live", () => ({ status: "healthy" }));
}
