import { UserError } from "../user-error";

/** How much of what a failed program complained about is told, in characters. */
const COMPLAINT = 2000;

/** What is said of a program that failed inside a workload; its arguments may be long, or a script. */
export function failedExecution(
  workload: string,
  [program = ""]: readonly string[],
  code: number | null,
  complaint: string,
): UserError {
  const reason = complaint.trim().slice(-COMPLAINT);
  return new UserError(`${program} in ${workload} ended with code ${String(code)}: ${reason}`);
}
