import type { ProgramResult } from "./engine/program-run";
import { runProgram } from "./engine/run-program";
import type { StackFile } from "./stack-file";
import { UserError } from "./user-error";

/**
 * Runs the real program for a stack on the embedded engine.
 * @throws UserError for whatever the engine finds.
 */
export async function runStackProgram(file: StackFile): Promise<ProgramResult> {
  const run = await runProgram(file);
  const faults = [
    ...run.problems.map(({ message }) => message),
    ...run.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message),
  ];
  if (run.exitCode !== 0 || faults.length > 0) {
    throw new UserError([`The program cannot be planned:`, ...new Set(faults)].join("\n  "));
  }
  return run;
}
