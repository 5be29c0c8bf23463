import { type FastifyInstance } from "fastify";
import { type ErrorReporter } from "../stores/error-reporter.js";
import { ApiError } from "./api-error.js";

const CODES: Readonly<Record<number, string>> = {
  413: "upload_too_large",
  415: "unsupported_media_type",
};

function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  // Fastify's own refusals carry a status below 500, and a message fit for the client.
  if (
    error instanceof Error &&
    "statusCode" in error &&
    typeof error.statusCode === "number" &&
    error.statusCode < 500
  ) {
    const code = CODES[error.statusCode] ?? "bad_request";
    return new ApiError(error.statusCode, code, error.message);
  }
  return new ApiError(500, "internal_error", "internal error");
}

/**
 * Answers every failure as JSON {error, message, requestId}. A failure of the service is reported as
 * "internal" and its message kept from the client.
 */
export function answerErrors(app: FastifyInstance, report: ErrorReporter): void {
  app.setErrorHandler((error, request, reply) => {
    const refusal = toApiError(error);
    if (refusal.statusCode === 500 || refusal.cause !== undefined) report("internal", error);
    if (refusal.statusCode === 503) reply.header("retry-after", "1");
    return reply
      .code(refusal.statusCode)
      .send({ error: refusal.code, message: refusal.message, requestId: request.id });
  });
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send({ error: "not_found", message: "no such route", requestId: request.id }),
  );
}
