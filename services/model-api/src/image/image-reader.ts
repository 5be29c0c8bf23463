import { type EncodedImage } from "./encoded-image.js";

/** Turns an encoded image into what the models look at. */
export interface ImageReader {
  /**
   * Decodes an image and shrinks it to 32 x 32 luminance values, 0 to 255.
   * @throws ApiError 400 when it cannot be decoded, 503 when there is no memory or time for it.
   */
  thumbnail(image: EncodedImage): Promise<Float64Array>;
  /** Lets go of what decoding holds; no image can be read afterwards. */
  close(): Promise<void>;
}
