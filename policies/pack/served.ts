import type { Policy as PulumiPolicy, PolicyPackArgs, ReportViolation } from "@pulumi/policy";
import { today } from "../evaluate";
import { type Finding, findInResource, findInStack } from "../findings";
import { judge, levelOf } from "../judgement";
import type { Policy, PolicyContext } from "../policy";
import { AskedResource } from "./asked-resource";

/** A policy as Pulumi asks it; none where the stack disables it. */
export function served(policy: Policy, context: PolicyContext): PolicyPackArgs["policies"] {
  const level = levelOf(policy, context.stack.settings.policies);
  if (level === undefined) return [];
  const facts = {
    name: policy.name,
    description: policy.description,
    enforcementLevel: level,
  } satisfies PulumiPolicy;
  /**
   * Tells what is not excepted. Where a policy could not look, the error that Pulumi's own guard
   * threw is thrown on: Pulumi makes an advice of it, and asks again when the value is known.
   */
  const tell = (
    findings: readonly Finding[],
    asked: readonly AskedResource[],
    report: ReportViolation,
  ): void => {
    for (const finding of findings.filter(({ undecided }) => !undecided)) {
      const judgement = judge(policy, level, finding, context.stack, today());
      if (judgement.kind === "excepted") continue;
      const { message, remedy, urn } = judgement.violation;
      report(`${message}\n${remedy}`, urn);
    }
    const undecided = findings.find((finding) => finding.undecided);
    if (undecided === undefined) return;
    for (const resource of asked) resource.throwUnknown(undecided);
  };
  if (policy.scope === "resource") {
    return [
      {
        ...facts,
        validateResource: (args, report) => {
          const asked = new AskedResource(args);
          tell(findInResource(policy, asked.resource, context), [asked], report);
        },
      },
    ];
  }
  return [
    {
      ...facts,
      validateStack: ({ resources }, report) => {
        const asked = resources.map((resource) => new AskedResource(resource));
        const known = asked.map(({ resource }) => resource);
        tell(findInStack(policy, known, context), asked, report);
      },
    },
  ];
}
