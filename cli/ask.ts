import { once } from "node:events";
import { createInterface } from "node:readline/promises";

/**
 * Asks the user for a line. Empty when nobody is there: the question alone would never end.
 * @throws the reason of `interrupted` when that aborts first.
 */
export async function ask(question: string, interrupted?: AbortSignal): Promise<string> {
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const closed = once(prompt, "close").then(() => "");
  const close = (): void => prompt.close();
  interrupted?.addEventListener("abort", close, { once: true });
  const answer = await Promise.race([prompt.question(question), closed]);
  interrupted?.removeEventListener("abort", close);
  prompt.close();
  interrupted?.throwIfAborted();
  return answer.trim();
}
