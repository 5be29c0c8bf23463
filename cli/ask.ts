import { once } from "node:events";
import { createInterface } from "node:readline/promises";

/** Asks the user for a line. Empty when nobody is there: the question alone would never end. */
export async function ask(question: string): Promise<string> {
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const closed = once(prompt, "close").then(() => "");
  const answer = await Promise.race([prompt.question(question), closed]);
  prompt.close();
  return answer.trim();
}
