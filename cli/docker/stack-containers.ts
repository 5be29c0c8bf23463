import Docker from "dockerode";
import { STACK_LABEL, stackLabel } from "../../model/engine-labels";
import type { StackIdentity } from "../../model/stack-identity";

/** What the commands read of a container. */
export type ListedContainer = Pick<
  Docker.ContainerInfo,
  "Id" | "Names" | "State" | "Status" | "Labels"
> & { readonly Ports: readonly Pick<Docker.Port, "PublicPort">[] };

interface LabelFilter {
  filters: { label: string[] };
}

/** An engine as far as it lists containers; dockerode's client is one. */
export interface ContainerLister<T extends ListedContainer = ListedContainer> {
  listContainers(options: LabelFilter & { all: true }): Promise<readonly T[]>;
}

/** An engine as far as it lists networks. */
export interface NetworkLister {
  listNetworks(options: LabelFilter): Promise<readonly { Id: string; Name: string }[]>;
}

/** An engine as far as it lists volumes. */
export interface VolumeLister {
  listVolumes(options: LabelFilter): Promise<{ Volumes: readonly { Name: string }[] }>;
}

/** A client for the engine that the environment names (DOCKER_HOST), else the local one. */
export function dockerClient(): Docker {
  return new Docker();
}

const labelled = (stack: StackIdentity): LabelFilter => ({
  filters: { label: [`${STACK_LABEL}=${stackLabel(stack)}`] },
});

/** Every container that carries the stack's label, running or not. */
export function stackContainers<T extends ListedContainer>(
  docker: ContainerLister<T>,
  stack: StackIdentity,
): Promise<readonly T[]> {
  return docker.listContainers({ all: true, ...labelled(stack) });
}

/** Every network that carries the stack's label. */
export function stackNetworks(
  docker: NetworkLister,
  stack: StackIdentity,
): Promise<readonly { Id: string; Name: string }[]> {
  return docker.listNetworks(labelled(stack));
}

/** Every volume that carries the stack's label. */
export async function stackVolumes(
  docker: VolumeLister,
  stack: StackIdentity,
): Promise<readonly { Name: string }[]> {
  return (await docker.listVolumes(labelled(stack))).Volumes;
}

/** The name of a container without the engine's leading slash. */
export function containerName({ Names, Id }: Pick<ListedContainer, "Names" | "Id">): string {
  return Names[0]?.replace(/^\//, "") ?? Id;
}
