import path from "node:path";
import { provisionFiles } from "../../configs/provision";
import { buildPlan } from "../plan/build-plan";
import { maskedFiles } from "../plan/masked-files";
import { plannedResources } from "../plan/planned-resources";
import { describePlan } from "../plan/print-plan";
import { writePlan } from "../plan/write-plan";
import { checkedStack } from "../checked-stack";
import { runStackProgram } from "../run-stack-program";
import { readStackFile } from "../stack-file";

/** Options of `whalewatch plan`. */
export interface PlanOptions {
  readonly stack: string;
  /** Print plan.json instead of tables. */
  readonly json?: boolean;
  /** Folder to write to; default out/<stack>. */
  readonly out?: string;
}

/**
 * Runs the real program on the embedded engine and shows what an `up` would create.
 * @throws UserError for settings that do not hold, and for whatever the engine finds.
 */
export async function plan(directory: string, options: PlanOptions): Promise<void> {
  const file = readStackFile(directory, options.stack);
  const stack = checkedStack(file);
  const run = await runStackProgram(file);
  const files = maskedFiles(provisionFiles(stack));
  const built = buildPlan(stack, run.resources, files);
  const folder = path.resolve(directory, options.out ?? path.join("out", options.stack));
  await writePlan(folder, built, files, plannedResources(run.resources));
  console.log(options.json === true ? JSON.stringify(built, null, 2) : describePlan(built));
  if (options.json !== true) {
    const shown = path.relative(directory, folder);
    console.log(
      `\nPlanned in ${(run.durationMs / 1000).toFixed(1)} s; nothing was created. See ${shown}/plan.json, ${shown}/topology.svg and ${shown}/files.`,
    );
  }
}
