import { parseSettings } from "../model/settings/parse";
import { describeProblems } from "../model/settings/problem";
import type { Stack } from "../model/stack";
import { resolveStack } from "../model/resolve-stack";
import type { StackFile } from "./stack-file";
import { UserError } from "./user-error";

/**
 * The stack that a file declares.
 * @throws UserError with every problem of the file.
 */
export function checkedStack({ project, stack, settings }: StackFile): Stack {
  const parsed = parseSettings(settings);
  if (!parsed.ok) throw new UserError(describeProblems(stack, parsed.problems));
  return resolveStack(project, stack, parsed.settings);
}
