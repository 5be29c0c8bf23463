import { WORKLOAD_LABEL } from "../../model/engine-labels";
import type { StackIdentity } from "../../model/stack-identity";
import { UserError } from "../user-error";
import { type ContainerLister, type ListedContainer, stackContainers } from "./stack-containers";

/**
 * The container in which a workload runs.
 * @throws UserError when it does not.
 */
export async function runningContainer(
  docker: ContainerLister,
  stack: StackIdentity,
  workload: string,
): Promise<ListedContainer> {
  const found = (await stackContainers(docker, stack)).find(
    ({ Labels, State }) => Labels[WORKLOAD_LABEL] === workload && State === "running",
  );
  if (found !== undefined) return found;
  throw new UserError(
    `${workload} does not run. Bring the stack up: whalewatch up --stack ${stack.name}`,
  );
}
