import type { StackIdentity } from "./stack-identity";

/** Label that carries project and stack, on everything that a stack has on a Docker engine. */
export const STACK_LABEL = "whalewatch.stack";
/** Label that carries the Pulumi resource name. */
export const RESOURCE_LABEL = "whalewatch.resource";
/** Label that carries the workload's name. */
export const WORKLOAD_LABEL = "whalewatch.workload";

/** The value of the stack label. */
export function stackLabel({ project, name }: StackIdentity): string {
  return `${project}/${name}`;
}
