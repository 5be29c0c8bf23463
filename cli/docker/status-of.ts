/** The HTTP status with which an engine refused; undefined for other errors. */
export function statusOf(error: unknown): number | undefined {
  const found =
    typeof error === "object" && error !== null && "statusCode" in error && error.statusCode;
  return typeof found === "number" ? found : undefined;
}
