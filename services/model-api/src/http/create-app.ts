import { randomUUID } from "node:crypto";
import { promisify } from "node:util";
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify";
import { modelCheck } from "../health/model-check.js";
import { pingCheck } from "../health/ping-check.js";
import { createMetrics } from "../metrics/create-metrics.js";
import { type Metrics } from "../metrics/metrics.js";
import { Predictor } from "../predictor.js";
import { SERVICE_VERSION } from "../service-version.js";
import { type ErrorReporter } from "../stores/error-reporter.js";
import { readMemoryUsage } from "../system/read-memory-usage.js";
import { addHealthRoutes } from "./add-health-routes.js";
import { addPredictRoute } from "./add-predict-route.js";
import { answerErrors } from "./answer-errors.js";
import { type AppParts } from "./app-parts.js";
import { observeRequests } from "./observe-requests.js";

/** A client must have sent its whole request by then, so that slow ones do not pile up. */
const REQUEST_TIMEOUT_MS = 15_000;

function newFastify(logger: FastifyBaseLogger): FastifyInstance {
  return Fastify({
    loggerInstance: logger,
    logController: new LogController({
      disableRequestLogging: true,
      requestIdLogLabel: "request_id",
    }),
    genReqId: () => randomUUID(),
    requestTimeout: REQUEST_TIMEOUT_MS,
    // A HEAD of a check would run it all the same, under a label of its own.
    exposeHeadRoutes: false,
  });
}

/**
 * Puts the HTTP service together: GET /, /health, /live, /metrics and POST /predict. Closing the app
 * finishes the requests in flight, then closes the image reader, cache and database.
 */
export async function createApp(parts: AppParts): Promise<FastifyInstance> {
  const { modelName, logger, reader } = parts;
  const modelLabel = modelName.replaceAll("-", "_");
  const app = newFastify(logger);

  // The stores report to a metric which in turn shows their connections, hence two steps.
  const sinks: { metrics?: Metrics } = {};
  const report: ErrorReporter = (errorType, error) => {
    logger.error({ error_type: errorType, err: error }, "failure");
    sinks.metrics?.errors.inc({ error_type: errorType, service: modelName });
  };
  const cache = parts.openCache?.(report);
  const store = parts.openStore?.(report);
  const isModelLoaded = () => parts.model() !== undefined;
  const metrics = createMetrics({
    modelLabel,
    isModelLoaded,
    cpuPercent: () => parts.cpu.read(),
    memory: readMemoryUsage,
    openConnections: promisify(app.server.getConnections.bind(app.server)),
    databaseConnections: store && (() => store.connections()),
    redisConnections: cache && (() => cache.connections()),
  });
  sinks.metrics = metrics;

  observeRequests(app, metrics);
  answerErrors(app, report);
  addHealthRoutes(app, {
    service: modelName,
    checks: [
      ...(store ? [pingCheck("postgres", store)] : []),
      ...(cache ? [pingCheck("redis", cache)] : []),
      ...parts.checks,
      modelCheck(isModelLoaded),
    ],
    isStopping: () => parts.isStopping(),
  });
  app.get("/metrics", async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.render()),
  );
  app.get("/", () => ({
    name: modelName,
    version: SERVICE_VERSION,
    endpoints: ["GET /", "GET /health", "GET /live", "GET /metrics", "POST /predict"],
  }));
  await addPredictRoute(app, {
    predictor: new Predictor({ reader, cache, store, report }),
    metrics,
    modelLabel,
    hasCache: cache !== undefined,
    model: () => parts.model(),
  });
  app.addHook("onClose", async () => {
    const closed = await Promise.allSettled([reader.close(), cache?.close(), store?.close()]);
    for (const result of closed) {
      if (result.status === "rejected") logger.warn({ err: result.reason }, "unclean close");
    }
  });
  return app;
}
