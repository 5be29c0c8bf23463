import { type DecodedImage } from "./decoded-image.js";

/** Side of the thumbnail in pixels. */
const SIDE = 32;

/**
 * Shrinks an image to 32 x 32 luminance values (0 to 255, row by row): each the average of the
 * part of the image it covers, with transparent parts taken as white.
 */
export function luminanceThumbnail({
  width,
  height,
  data,
}: DecodedImage): Float64Array<ArrayBuffer> {
  const thumbnail = new Float64Array(SIDE * SIDE);
  for (let row = 0; row < SIDE; row++) {
    const top = Math.floor((row * height) / SIDE);
    const bottom = Math.max(top + 1, Math.floor(((row + 1) * height) / SIDE));
    for (let column = 0; column < SIDE; column++) {
      const left = Math.floor((column * width) / SIDE);
      const right = Math.max(left + 1, Math.floor(((column + 1) * width) / SIDE));
      let sum = 0;
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) sum += luminanceAt(data, (y * width + x) * 4);
      }
      thumbnail[row * SIDE + column] = sum / ((bottom - top) * (right - left));
    }
  }
  return thumbnail;
}

function luminanceAt(data: Uint8Array, at: number): number {
  const [red = 0, green = 0, blue = 0, alpha = 255] = [
    data[at],
    data[at + 1],
    data[at + 2],
    data[at + 3],
  ];
  const luminance = 0.299 * red + 0.587 * green + 0.114 * blue;
  return 255 + (luminance - 255) * (alpha / 255);
}
