import { ask } from "./ask";
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
  interrupted?: AbortSignal,
): Promise<void> {
  const answer = await ask(`${question}\nType the stack's name to go on: `, interrupted);
  if (answer !== name) throw new UserError(refusal);
}
