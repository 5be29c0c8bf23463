import path from "node:path";
import { provisionFiles } from "../../configs/provision";
import { evaluatePolicies, today } from "../../policies/evaluate";
import type { Violation } from "../../policies/judgement";
import { buildPlan } from "../plan/build-plan";
import { maskedFiles } from "../plan/masked-files";
import { plannedResources } from "../plan/planned-resources";
import { knownSecrets, policyResource } from "../plan/policy-resources";
import { describePlan } from "../plan/print-plan";
import { writePlan } from "../plan/write-plan";
import { checkedStack } from "../checked-stack";
import { runStackProgram } from "../run-stack-program";
import { readStackFile } from "../stack-file";
import { UserError } from "../user-error";

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
 * @throws UserError for settings that do not hold, for whatever the engine finds, and, with the plan
 * written and shown, for what a mandatory policy does not allow.
 */
export async function plan(directory: string, options: PlanOptions): Promise<void> {
  const file = readStackFile(directory, options.stack);
  const stack = checkedStack(file);
  const run = await runStackProgram(file);
  const files = maskedFiles(provisionFiles(stack));
  const policies = evaluatePolicies(
    run.resources.map(policyResource),
    { stack, secrets: knownSecrets(file) },
    today(),
  );
  const built = buildPlan(stack, run.resources, files, policies);
  const folder = path.resolve(directory, options.out ?? path.join("out", options.stack));
  await writePlan(folder, built, files, plannedResources(run.resources));
  console.log(options.json === true ? JSON.stringify(built, null, 2) : describePlan(built));
  if (options.json !== true) {
    const shown = path.relative(directory, folder);
    console.log(
      `\nPlanned in ${(run.durationMs / 1000).toFixed(1)} s; nothing was created. See ${shown}/plan.json, ${shown}/topology.svg and ${shown}/files.`,
    );
  }
  const refused = policies.violations.filter(({ level }) => level === "mandatory");
  if (refused.length > 0) throw new UserError(describeRefusal(refused));
}

/** Why a plan fails that could be made. */
function describeRefusal(violations: readonly Violation[]): string {
  const count = violations.length === 1 ? "1 violation" : `${violations.length} violations`;
  const lines = violations.map(
    ({ policy, message, remedy }) => `  ${policy}: ${message} ${remedy}`,
  );
  return [`${count} of mandatory policies: an update would be refused.`, ...lines].join("\n");
}
