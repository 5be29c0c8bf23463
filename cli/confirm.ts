import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import { UserError } from "./user-error";

/**
 * Asks for a stack's name before something that cannot be taken back.
 * @param question what is about to happen.
 * @throws UserError with `refusal` for any other answer, and where nobody is there to answer.
 */
export async function confirmByName(
  question: string,
  name: string,
  refusal: string,
): Promise<void> {
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  // Nobody there to answer: the question alone would never come to an end.
  const closed = once(prompt, "close").then(() => "");
  const asked = prompt.question(`${question}\nType the stack's name to go on: `);
  const answer = await Promise.race([asked, closed]);
  prompt.close();
  if (answer.trim() !== name) throw new UserError(refusal);
}
