import jpeg from "jpeg-js";
import { PNG } from "pngjs";
import { type DecodedImage } from "./decoded-image.js";
import { type EncodedImage } from "./encoded-image.js";

/**
 * Unpacks an image. Takes up to about a second and half a gigabyte for 16 megapixels, so it
 * belongs in a process of its own.
 * @throws Error when the image is broken or cut short.
 */
export function decodeImage({ type, bytes }: Pick<EncodedImage, "type" | "bytes">): DecodedImage {
  if (type === "png") return PNG.sync.read(Buffer.from(bytes));
  // A JPEG may name its size twice; the decoder's own limits hold for the one it believes.
  return jpeg.decode(bytes, {
    useTArray: true,
    tolerantDecoding: false,
    maxResolutionInMP: 16,
    maxMemoryUsageInMB: 512,
  });
}
