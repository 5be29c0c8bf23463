import { UnknownInputError } from "./field";
import {
  attempt,
  type PolicyContext,
  type PolicyResource,
  type ResourcePolicy,
  type StackPolicy,
  type StackReport,
  titleOf,
} from "./policy";

/** What a policy found, before levels and exceptions. */
export interface Finding {
  /** What it is about; absent: the stack as a whole. */
  readonly resource?: PolicyResource;
  readonly message: string;
  /** It could not look: an update will know more. */
  readonly undecided: boolean;
  /** The property that it could not look at. */
  readonly path?: string;
}

/** What a policy finds in one resource. */
export function findInResource(
  policy: ResourcePolicy,
  resource: PolicyResource,
  context: PolicyContext,
): Finding[] {
  const { findings, report } = collector();
  const about = (finding: string | UnknownInputError): void => {
    report(finding, resource);
  };
  attempt(about, () => {
    policy.check(resource, context, about);
  });
  return findings;
}

/** What a policy finds in all resources together. */
export function findInStack(
  policy: StackPolicy,
  resources: readonly PolicyResource[],
  context: PolicyContext,
): Finding[] {
  const { findings, report } = collector();
  attempt(report, () => {
    policy.check(resources, context, report);
  });
  return findings;
}

function collector(): { readonly findings: Finding[]; readonly report: StackReport } {
  const findings: Finding[] = [];
  const report: StackReport = (found, resource) => {
    const undecided = found instanceof UnknownInputError;
    const message = undecided ? undecidedMessage(found, resource) : found;
    findings.push({
      message,
      undecided,
      ...(undecided && { path: found.path }),
      ...(resource && { resource }),
    });
  };
  return { findings, report };
}

function undecidedMessage(
  { path }: UnknownInputError,
  resource: PolicyResource | undefined,
): string {
  const where = resource === undefined ? path : `${path} of ${titleOf(resource)}`;
  return `${where} is known after the update has begun, and judged then.`;
}
