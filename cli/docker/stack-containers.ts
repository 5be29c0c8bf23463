import Docker from "dockerode";
import {
  STACK_LABEL,
  stackLabel,
  type StackIdentity,
} from "../../components/platform/docker/labels";

/** A client for the engine that the environment names (DOCKER_HOST), else the local one. */
export function dockerClient(): Docker {
  return new Docker();
}

const labelFilter = (stack: StackIdentity) => ({ label: [`${STACK_LABEL}=${stackLabel(stack)}`] });

/** Every container that carries the stack's label, running or not. */
export function stackContainers(
  docker: Docker,
  stack: StackIdentity,
): Promise<Docker.ContainerInfo[]> {
  return docker.listContainers({ all: true, filters: labelFilter(stack) });
}

/** Every network that carries the stack's label. */
export function stackNetworks(
  docker: Docker,
  stack: StackIdentity,
): Promise<Docker.NetworkInspectInfo[]> {
  return docker.listNetworks({ filters: labelFilter(stack) });
}

/** Every volume that carries the stack's label. */
export async function stackVolumes(
  docker: Docker,
  stack: StackIdentity,
): Promise<Docker.VolumeInspectInfo[]> {
  const { Volumes } = await docker.listVolumes({ filters: labelFilter(stack) });
  return Volumes;
}

/** The name of a container without the engine's leading slash. */
export function containerName({ Names, Id }: Docker.ContainerInfo): string {
  return Names[0]?.replace(/^\//, "") ?? Id;
}
