import { type ModelName } from "../config/model-name.js";
import { cosineSimilarity } from "./cosine-similarity.js";
import { dctLowFrequencies } from "./dct-low-frequencies.js";
import { type Identification } from "./identification.js";
import { perceptualHash } from "./perceptual-hash.js";
import { seededRandom } from "./seeded-random.js";

const EMBEDDING_SIZE = 32;
/** All low frequencies but the mean, so that brightness alone does not decide. */
const FEATURES = 63;
const WHALES = 24;

function randomVector(size: number, seed: string): Float64Array {
  return Float64Array.from({ length: size }, seededRandom(seed));
}

/**
 * A deterministic stand-in for a whale identification network: it projects a picture's low
 * frequencies with weights drawn from the model's name, and finds the nearest of a few reference
 * embeddings for demonstration. It computes for real, and knows nothing about real whales.
 */
export class WhaleModel {
  readonly name: ModelName;
  readonly #weights: readonly Float64Array[];
  readonly #references: readonly (readonly [string, Float64Array])[];

  constructor(name: ModelName) {
    this.name = name;
    this.#weights = Array.from({ length: EMBEDDING_SIZE }, (_, row) =>
      randomVector(FEATURES, `${name}/weights/${row}`),
    );
    this.#references = Array.from({ length: WHALES }, (_, index) => {
      const whaleId = `whale-${String(index + 1).padStart(3, "0")}`;
      return [whaleId, randomVector(EMBEDDING_SIZE, `${name}/reference/${whaleId}`)];
    });
  }

  /** @param thumbnail 32 x 32 luminance values, 0 to 255. */
  identify(thumbnail: Float64Array): Identification {
    const frequencies = dctLowFrequencies(thumbnail);
    const embedding = this.#embed(frequencies.subarray(1));
    let whaleId = "";
    let best = -Infinity;
    for (const [candidate, reference] of this.#references) {
      const similarity = cosineSimilarity(embedding, reference);
      if (similarity > best) {
        best = similarity;
        whaleId = candidate;
      }
    }
    const confidence = Math.round(((best + 1) / 2) * 1e4) / 1e4;
    return { whaleId, confidence, hash: perceptualHash(frequencies) };
  }

  #embed(features: Float64Array): Float64Array {
    return Float64Array.from(this.#weights, (row) =>
      row.reduce((sum, weight, index) => sum + weight * (features[index] ?? 0), 0),
    );
  }
}
