import { type EncodedImage } from "./encoded-image.js";
import { type ImageType } from "./image-type.js";

/** Peak memory of decoding, measured on 16 megapixel images and rounded up. */
const PEAK_BYTES_PER_PIXEL: Readonly<Record<ImageType, number>> = { png: 24, jpg: 36 };

/** How much memory decoding an image takes at most, in bytes. */
export function decodingBytes({ type, pixels }: Pick<EncodedImage, "type" | "pixels">): number {
  return pixels * PEAK_BYTES_PER_PIXEL[type];
}
