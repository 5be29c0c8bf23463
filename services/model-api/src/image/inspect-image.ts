import { imageSize } from "image-size";
import { ApiError } from "../http/api-error.js";
import { type EncodedImage } from "./encoded-image.js";
import { type ImageType } from "./image-type.js";

const MAX_MEGAPIXELS = 16;
const SIGNATURES: readonly (readonly [ImageType, readonly number[]])[] = [
  ["png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["jpg", [0xff, 0xd8, 0xff]],
];

function readSize(bytes: Uint8Array): { width: number; height: number } {
  try {
    return imageSize(bytes);
  } catch {
    throw new ApiError(400, "undecodable_image", "the image header cannot be read");
  }
}

/**
 * Tells an image's type and size from its first bytes alone, so that a small file which would
 * unpack to a huge picture is refused before it is decoded.
 * @throws ApiError 415 when it is neither PNG nor JPEG, 400 when its header is broken or names
 * more than 16 megapixels.
 */
export function inspectImage(bytes: Uint8Array): EncodedImage {
  const type = SIGNATURES.find(([, magic]) => magic.every((byte, at) => bytes[at] === byte))?.[0];
  if (type === undefined) {
    throw new ApiError(415, "unsupported_media_type", "only PNG and JPEG images are accepted");
  }
  const { width, height } = readSize(bytes);
  const pixels = width * height;
  if (pixels > MAX_MEGAPIXELS * 1e6) {
    throw new ApiError(
      400,
      "too_many_pixels",
      `an image may have at most ${MAX_MEGAPIXELS} megapixels`,
    );
  }
  return { type, bytes, pixels };
}
