import { type FastifyInstance, type FastifyRequest } from "fastify";
import { type Metrics } from "../metrics/metrics.js";

/** Asked for every few seconds by machines: at info they would drown everything else. */
const QUIET_ROUTES = new Set(["/health", "/live", "/metrics"]);

/** The route's template, never the path asked for: paths are without number, routes are few. */
function routeOf(request: FastifyRequest): string {
  return request.is404 ? "unmatched" : (request.routeOptions.url ?? "unmatched");
}

/** Counts, times and logs every answered request; of its content nothing is logged. */
export function observeRequests(app: FastifyInstance, metrics: Metrics): void {
  app.addHook("onResponse", (request, reply, done) => {
    const { method } = request;
    const route = routeOf(request);
    metrics.httpRequests.inc({ method, endpoint: route, status_code: reply.statusCode });
    metrics.httpDuration.observe({ method, endpoint: route }, reply.elapsedTime / 1000);
    const fields = {
      method,
      route,
      status_code: reply.statusCode,
      duration_ms: Math.round(reply.elapsedTime * 100) / 100,
    };
    if (QUIET_ROUTES.has(route)) request.log.debug(fields, "request");
    else request.log.info(fields, "request");
    done();
  });
}
