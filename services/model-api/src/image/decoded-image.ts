/** Plain pixels. */
export interface DecodedImage {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, alpha, one byte each, row by row from the top. */
  readonly data: Uint8Array;
}
