/** Maps many values with a request each, a few at a time, in their order. */
export async function concurrently<T, R>(
  values: readonly T[],
  request: (value: T) => Promise<R>,
  atOnce = 8,
): Promise<R[]> {
  const results = new Map<number, R>();
  const queue = values.entries();
  const work = async () => {
    for (const [index, value] of queue) results.set(index, await request(value));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}
