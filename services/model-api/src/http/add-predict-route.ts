import multipart from "@fastify/multipart";
import { type FastifyInstance, type onResponseHookHandler } from "fastify";
import pLimit from "p-limit";
import { inspectImage } from "../image/inspect-image.js";
import { type Metrics } from "../metrics/metrics.js";
import { type WhaleModel } from "../model/whale-model.js";
import { type Predictor } from "../predictor.js";
import { ApiError } from "./api-error.js";
import { readUpload } from "./read-upload.js";

const MAX_IMAGE_BYTES = 5 * 2 ** 20;
/** Uploads held in memory at once; others wait with their body unread. */
const MAX_AT_ONCE = 4;
const MAX_WAITING = 100;

interface Options {
  readonly predictor: Predictor;
  readonly metrics: Metrics;
  readonly modelLabel: string;
  /** Whether the answer says if it came from the cache. */
  readonly hasCache: boolean;
  model(): WhaleModel | undefined;
}

/** Adds POST /predict, and lets the app take multipart bodies and no others. */
export async function addPredictRoute(app: FastifyInstance, options: Options): Promise<void> {
  const { predictor, metrics, modelLabel, hasCache } = options;
  const limit = pLimit(MAX_AT_ONCE);
  app.removeAllContentTypeParsers();
  await app.register(multipart, {
    limits: { fileSize: MAX_IMAGE_BYTES, files: 1, fields: 10, parts: 11 },
  });

  // On the route rather than in the handler: a body refused before the handler runs counts too.
  const onResponse: onResponseHookHandler = (_request, { statusCode }, done) => {
    const status = statusCode < 400 ? "success" : statusCode < 500 ? "rejected" : "error";
    metrics.predictions.inc({ model: modelLabel, status });
    done();
  };

  app.post("/predict", { onResponse }, async (request, reply) => {
    const model = options.model();
    if (model === undefined) throw new ApiError(503, "model_not_loaded", "the model is loading");
    if (limit.pendingCount >= MAX_WAITING) throw new ApiError(503, "busy", "too many requests");
    return limit(async () => {
      const image = inspectImage(await readUpload(request));
      const start = performance.now();
      const { found, cached } = await predictor.predict(image, model);
      const durationMs = performance.now() - start;
      metrics.predictionDuration.observe({ model: modelLabel }, durationMs / 1000);
      if (hasCache) reply.header("x-cache", cached ? "hit" : "miss");
      return { model: model.name, ...found, durationMs: Math.round(durationMs * 100) / 100 };
    });
  });
}
