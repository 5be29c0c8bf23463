import { createHash } from "node:crypto";
import * as z from "zod";
import { type EncodedImage } from "./image/encoded-image.js";
import { type ImageReader } from "./image/image-reader.js";
import { type Identification } from "./model/identification.js";
import { type WhaleModel } from "./model/whale-model.js";
import { type ErrorReporter } from "./stores/error-reporter.js";
import { type PredictionCache } from "./stores/prediction-cache.js";
import { type PredictionStore } from "./stores/prediction-store.js";
import { withTimeout } from "./with-timeout.js";

/** How long a prediction waits for its servers; beyond that it is answered without them. */
const CACHE_TIMEOUT_MS = 300;
const STORE_TIMEOUT_MS = 1000;

const CachedIdentification = z.object({
  whaleId: z.string(),
  confidence: z.number(),
  hash: z.string(),
});

interface Parts {
  readonly reader: ImageReader;
  readonly cache: PredictionCache | undefined;
  readonly store: PredictionStore | undefined;
  /** Told "cache_read", "cache_write" and "database_write" for failures the caller never sees. */
  readonly report: ErrorReporter;
}

/** Identifies whales, sparing known images the work and keeping a record of every new one. */
export class Predictor {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Identifies the whale in an image. A failing or slow cache or store never fails it.
   * @returns what was found, and whether it was in the cache.
   * @throws ApiError when the image cannot be decoded.
   */
  async predict(
    image: EncodedImage,
    model: WhaleModel,
  ): Promise<{ readonly found: Identification; readonly cached: boolean }> {
    // The bytes decide, not the perceptual hash: that would need the decoding this is to spare,
    // and two like images are not the same image.
    const digest = createHash("sha256").update(image.bytes).digest("hex");
    const key = `whales:prediction:${model.name}:${digest}`;
    const known = await this.#recall(key);
    if (known !== undefined) return { found: known, cached: true };
    const found = model.identify(await this.#parts.reader.thumbnail(image));
    await Promise.all([this.#remember(key, found), this.#record(model, found)]);
    return { found, cached: false };
  }

  async #recall(key: string): Promise<Identification | undefined> {
    const { cache, report } = this.#parts;
    if (cache === undefined) return undefined;
    try {
      const text = await withTimeout(cache.get(key), CACHE_TIMEOUT_MS);
      return text === undefined ? undefined : CachedIdentification.parse(JSON.parse(text));
    } catch (error) {
      report("cache_read", error);
      return undefined;
    }
  }

  async #remember(key: string, found: Identification): Promise<void> {
    const { cache, report } = this.#parts;
    if (cache === undefined) return;
    try {
      await withTimeout(cache.set(key, JSON.stringify(found)), CACHE_TIMEOUT_MS);
    } catch (error) {
      report("cache_write", error);
    }
  }

  async #record(model: WhaleModel, found: Identification): Promise<void> {
    const { store, report } = this.#parts;
    if (store === undefined) return;
    try {
      await withTimeout(store.insert({ model: model.name, ...found }), STORE_TIMEOUT_MS);
    } catch (error) {
      report("database_write", error);
    }
  }
}
