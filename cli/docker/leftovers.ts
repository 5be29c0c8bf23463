import type { StackIdentity } from "../../model/stack-identity";
import type { Say } from "../platforms/platform-access";
import type { StackState } from "../pulumi/stack-state";
import {
  containerName,
  type ContainerLister,
  type NetworkLister,
  stackContainers,
  stackNetworks,
} from "./stack-containers";

/** An engine as far as clearing uses it: it cannot touch volumes. */
export interface ClearableEngine extends ContainerLister, NetworkLister {
  getContainer(id: string): { remove(options: { force: true; v: false }): Promise<unknown> };
  getNetwork(id: string): { remove(): Promise<unknown> };
}

/**
 * Removes the stack's containers and networks that are not in the state: their names would be taken
 * for ever. Volumes, and so data, are never touched.
 */
export async function clearDockerLeftovers(
  docker: ClearableEngine,
  stack: StackIdentity,
  state: Pick<StackState, "ids">,
  say: Say,
): Promise<void> {
  const containers = await stackContainers(docker, stack);
  for (const orphan of containers.filter(({ Id }) => !state.ids.has(Id))) {
    say(`Removing container ${containerName(orphan)}, which an interrupted update left behind.`);
    await docker.getContainer(orphan.Id).remove({ force: true, v: false });
  }
  const networks = await stackNetworks(docker, stack);
  for (const orphan of networks.filter(({ Id }) => !state.ids.has(Id))) {
    say(`Removing network ${orphan.Name}, which an interrupted update left behind.`);
    await docker.getNetwork(orphan.Id).remove();
  }
}
