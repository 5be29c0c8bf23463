/** What a model says about a picture. */
export interface Identification {
  /** The most similar reference whale, such as "whale-007". */
  readonly whaleId: string;
  /** Similarity to it, from 0 (opposite) to 1 (same direction), to 4 decimals. */
  readonly confidence: number;
  /** Perceptual hash of the picture, 16 hexadecimal digits. */
  readonly hash: string;
}
