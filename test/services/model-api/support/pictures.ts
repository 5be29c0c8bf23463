import jpeg from "jpeg-js";
import { PNG } from "pngjs";
import { type DecodedImage } from "../../../../services/model-api/src/image/decoded-image.js";

/** A smooth grey picture drawn from a brightness function over 0..1 x 0..1. */
export function draw(
  width: number,
  height: number,
  brightness: (x: number, y: number) => number,
): DecodedImage {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = 255 * brightness(x / width, y / height);
      data.set([value, value, value, 255], (y * width + x) * 4);
    }
  }
  return { width, height, data };
}

/** Two pictures with plenty of detail and nothing in common. */
export const waves = (x: number, y: number) =>
  0.5 + 0.25 * Math.sin(9 * x + 4 * y * y) + 0.2 * Math.cos(13 * y - 5 * x);
export const rings = (x: number, y: number) =>
  0.5 + 0.3 * Math.sin(25 * Math.hypot(x - 0.3, y - 0.6)) + 0.2 * (x - y);

export function toPng({ width, height, data }: DecodedImage): Buffer {
  const png = new PNG({ width, height });
  png.data.set(data);
  return PNG.sync.write(png);
}

export function toJpeg({ width, height, data }: DecodedImage, quality = 90): Buffer {
  return jpeg.encode({ width, height, data }, quality).data;
}
