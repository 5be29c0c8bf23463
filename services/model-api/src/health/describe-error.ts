/**
 * A short reason fit for a public answer: the error's code where it has one (its message may name
 * inner addresses and users), else its message.
 */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return "unknown error";
  if ("code" in error && typeof error.code === "string") return error.code;
  return error.message;
}
