import type { StackIdentity } from "../../../model/stack-identity";

/** Label that carries project and stack. */
export const STACK_LABEL = "whalewatch.stack";
/** Label that carries the Pulumi resource name. */
export const RESOURCE_LABEL = "whalewatch.resource";
/** Label that carries the workload's name. */
export const WORKLOAD_LABEL = "whalewatch.workload";

/** The value of the stack label. */
export function stackLabel({ project, name }: StackIdentity): string {
  return `${project}/${name}`;
}

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
