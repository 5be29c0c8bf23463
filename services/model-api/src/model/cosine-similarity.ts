/** The cosine of the angle between two vectors of one length, -1 to 1; 0 when either is zero. */
export function cosineSimilarity(a: Float64Array, b: Float64Array): number {
  let product = 0;
  let squareA = 0;
  let squareB = 0;
  for (const [index, left] of a.entries()) {
    const right = b[index] ?? 0;
    product += left * right;
    squareA += left * left;
    squareB += right * right;
  }
  const norm = Math.sqrt(squareA * squareB);
  return norm === 0 ? 0 : product / norm;
}
