import { type ImageType } from "./image-type.js";

/** An uploaded image whose header has been read, not yet decoded. */
export interface EncodedImage {
  readonly type: ImageType;
  readonly bytes: Uint8Array;
  /** Width times height. */
  readonly pixels: number;
}
