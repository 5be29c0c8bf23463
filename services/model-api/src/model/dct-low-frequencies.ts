/** Side of the thumbnail in pixels. */
const SIDE = 32;
/** How many frequencies are kept in each direction. */
const KEPT = 8;

/** COSINES[f * SIDE + x] is the DCT-II basis function of frequency f at pixel x. */
const COSINES = Float64Array.from({ length: KEPT * SIDE }, (_, index) =>
  Math.cos(((2 * (index % SIDE) + 1) * Math.floor(index / SIDE) * Math.PI) / (2 * SIDE)),
);

/** Keeps the lowest frequencies of each row of 32 values. */
function transformRows(values: Float64Array, rows: number): Float64Array {
  const out = new Float64Array(KEPT * rows);
  for (let row = 0; row < rows; row++) {
    for (let f = 0; f < KEPT; f++) {
      let sum = 0;
      for (let x = 0; x < SIDE; x++) {
        sum += (values[row * SIDE + x] ?? 0) * (COSINES[f * SIDE + x] ?? 0);
      }
      // Written transposed, so that the second pass runs over columns.
      out[f * rows + row] = sum;
    }
  }
  return out;
}

/**
 * The 8 x 8 lowest frequencies of a 32 x 32 picture, by a two-dimensional DCT-II (not scaled);
 * the first is the picture's mean. These survive scaling and re-encoding.
 */
export function dctLowFrequencies(thumbnail: Float64Array): Float64Array {
  return transformRows(transformRows(thumbnail, SIDE), KEPT);
}
