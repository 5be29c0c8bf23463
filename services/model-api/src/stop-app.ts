import { type FastifyInstance } from "fastify";
import { withTimeout } from "./with-timeout.js";

const SWEEP_MS = 100;

/**
 * Closes the app once its requests are answered; those still open after `graceMs` milliseconds are
 * cut off.
 */
export async function stopApp(app: FastifyInstance, graceMs = 10_000): Promise<void> {
  const closed = app.close().then(() => undefined);
  // A client that keeps its connection after the last answer would hold the close up.
  const sweep = setInterval(() => {
    app.server.closeIdleConnections();
  }, SWEEP_MS);
  try {
    await withTimeout(closed, graceMs);
  } catch (error) {
    app.log.warn({ err: error }, "requests cut off");
    app.server.closeAllConnections();
    await closed;
  } finally {
    clearInterval(sweep);
  }
}
