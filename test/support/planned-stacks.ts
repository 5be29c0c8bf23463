import { buildPlan } from "../../cli/plan/build-plan";
import { maskedFiles } from "../../cli/plan/masked-files";
import { policyResource } from "../../cli/plan/policy-resources";
import { provisionFiles } from "../../configs/provision";
import { evaluatePolicies } from "../../policies/evaluate";
import { runProjectStack } from "./program-under-test";

async function plannedStack(name: "dev" | "prod") {
  const { stack, run } = await runProjectStack(name);
  const files = maskedFiles(provisionFiles(stack));
  const policies = evaluatePolicies(
    run.resources.map(policyResource),
    { stack, secrets: [] },
    "2026-11-27",
  );
  return { run, stack, files, plan: buildPlan(stack, run.resources, files, policies) };
}

/** The project's own stacks, each run once, with the plan that is made of what it registered. */
export const plannedStacks = { dev: plannedStack("dev"), prod: plannedStack("prod") };
