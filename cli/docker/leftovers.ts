import { z } from "zod";
import type { StackIdentity } from "../../model/stack-identity";
import type { Say } from "../platforms/platform-access";
import type { StackState } from "../pulumi/stack-state";
import { UserError } from "../user-error";
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
  getNetwork(id: string): { remove(): Promise<unknown>; inspect(): Promise<unknown> };
}

/** A network as the engine tells of it. */
const members = z.object({ Containers: z.record(z.string(), z.object({ Name: z.string() })) });

/**
 * Removes the stack's containers and networks that are not in the state: their names would be taken
 * for ever. Volumes, and so data, are never touched.
 * @throws UserError when the state knows nothing at all: then somebody else's state runs the stack; and
 * when somebody else's containers are on such a network.
 */
export async function clearDockerLeftovers(
  docker: ClearableEngine,
  stack: StackIdentity,
  state: Pick<StackState, "ids">,
  say: Say,
): Promise<void> {
  const { containers, networks } = await dockerLeftovers(docker, stack, state);
  if (state.ids.size === 0 && containers.length > 0) throw new UserError(otherState(stack));
  for (const orphan of containers) {
    say(`Removing container ${containerName(orphan)}, which an interrupted update left behind.`);
    await docker.getContainer(orphan.Id).remove({ force: true, v: false });
  }
  for (const orphan of networks) {
    say(`Removing network ${orphan.Name}, which an interrupted update left behind.`);
    await removeNetwork(docker, orphan);
  }
}

/** The engine removes no network that containers are on; none of the stack's are by now. */
async function removeNetwork(
  docker: ClearableEngine,
  { Id, Name }: { readonly Id: string; readonly Name: string },
): Promise<void> {
  const network = docker.getNetwork(Id);
  const { Containers } = members.parse(await network.inspect());
  const [first, ...others] = Object.values(Containers).map((container) => container.Name);
  if (first !== undefined) {
    throw new UserError(
      `Containers that are not the stack's are still on it: ${[first, ...others].join(", ")}. Take each off, then try again: docker network disconnect ${Name} ${first}`,
    );
  }
  await network.remove().catch((error: unknown) => {
    const words = error instanceof Error ? error.message : String(error);
    throw new UserError(
      `The engine does not remove it, though no container is on it: ${words}. It may remember one that is gone; restart the engine, then try again.`,
    );
  });
}

/** The stack's containers and networks that are not in the state. */
export async function dockerLeftovers(
  docker: ContainerLister & NetworkLister,
  stack: StackIdentity,
  { ids }: Pick<StackState, "ids">,
) {
  const containers = await stackContainers(docker, stack);
  const networks = await stackNetworks(docker, stack);
  return {
    containers: containers.filter(({ Id }) => !ids.has(Id)),
    networks: networks.filter(({ Id }) => !ids.has(Id)),
  };
}

function otherState({ project, name }: StackIdentity): string {
  return [
    `The engine runs ${project}/${name} already, and this state knows nothing of it; nothing was changed.`,
    "  It was brought up from another clone, backend or login. Use that one (PULUMI_BACKEND_URL),",
    `  or take it down there. If its state is lost, remove its containers yourself: docker rm -f $(docker ps -aq --filter label=whalewatch.stack=${project}/${name})`,
  ].join("\n");
}
