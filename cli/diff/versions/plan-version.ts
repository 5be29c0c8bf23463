import { execFile } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify, stripVTControlCharacters } from "node:util";
import { runProgram } from "../../engine/run-program";
import { plannedResources, RESOURCES_FILE } from "../../plan/planned-resources";
import { holdsPlan, readPlan, type WrittenPlan } from "../../plan/read-plan";
import { readStackFile } from "../../stack-file";
import { UserError } from "../../user-error";

const TIMEOUT_MS = 120_000;
const MOST_OUTPUT_BYTES = 32 * 1024 * 1024;

/**
 * Plans a stack with the program and the command of a project's folder, and reads what it wrote.
 * @throws UserError in that program's words when it cannot be planned.
 */
export async function planVersion(
  directory: string,
  stack: string,
  out: string,
): Promise<WrittenPlan> {
  const said = await runPlan(directory, stack, out);
  // A plan that breaks a policy is written all the same, and says so itself.
  if (!holdsPlan(out)) throw new UserError(said);
  await addResources(directory, stack, out);
  return readPlan(out);
}

async function runPlan(directory: string, stack: string, out: string): Promise<string> {
  const command = ["--import", "tsx", "cli/main.ts", "plan", "--stack", stack, "--out", out];
  try {
    await promisify(execFile)(process.execPath, command, {
      cwd: directory,
      env: { ...process.env, NO_COLOR: "1" },
      timeout: TIMEOUT_MS,
      maxBuffer: MOST_OUTPUT_BYTES,
    });
    return "";
  } catch (error) {
    const words = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
    if (words !== "") return stripVTControlCharacters(words);
    return `The plan ended without a word, or was stopped after ${TIMEOUT_MS / 1000} s.`;
  }
}

/** Versions before resources.json: their program tells the same on this version's engine. */
async function addResources(directory: string, stack: string, out: string): Promise<void> {
  const file = path.join(out, RESOURCES_FILE);
  if (existsSync(file)) return;
  const { resources } = await runProgram(readStackFile(directory, stack));
  writeFileSync(file, JSON.stringify(plannedResources(resources)));
}
