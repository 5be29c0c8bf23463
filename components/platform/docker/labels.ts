import {
  RESOURCE_LABEL,
  STACK_LABEL,
  stackLabel,
  WORKLOAD_LABEL,
} from "../../../model/engine-labels";
import type { StackIdentity } from "../../../model/stack-identity";

/**
 * Labels by which everything of a stack is found on the engine, also what a killed update left
 * behind. Nothing that changes between updates belongs here: a changed label replaces.
 */
export function labels(
  stack: StackIdentity,
  { name, workload }: { readonly name: string; readonly workload?: string },
): { label: string; value: string }[] {
  return [
    { label: RESOURCE_LABEL, value: name },
    { label: STACK_LABEL, value: stackLabel(stack) },
    ...(workload === undefined ? [] : [{ label: WORKLOAD_LABEL, value: workload }]),
  ];
}

/**
 * A name on the engine, which all stacks share. Dots part it, since no part but a stack's own name
 * may have one: `api-1` of two replicas can never be taken for the service `api-1`.
 */
export function engineName({ project, name }: StackIdentity, ...parts: readonly string[]): string {
  return [project, name, ...parts].join(".");
}
