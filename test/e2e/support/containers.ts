import type Docker from "dockerode";
import { WORKLOAD_LABEL } from "../../../model/engine-labels";
import { dockerClient, stackContainers } from "../../../cli/docker/stack-containers";
import { STACK } from "./e2e-stack";

/** The engine under test. */
export const docker = dockerClient();
/** The stack under test, as its labels name it. */
export const identity = { project: "whalewatch", name: STACK };

/** Every container of the stack that was started, by workload. */
export async function runningContainers(): Promise<Map<string, Docker.ContainerInspectInfo>> {
  const listed = await stackContainers(docker, identity);
  const started = listed.filter(({ State }) => State !== "created");
  const inspected = await Promise.all(started.map(({ Id }) => docker.getContainer(Id).inspect()));
  return new Map(
    inspected.map((container) => [container.Config.Labels[WORKLOAD_LABEL] ?? "", container]),
  );
}

/**
 * One container of the stack.
 * @throws Error when it does not run.
 */
export async function container(workload: string): Promise<Docker.ContainerInspectInfo> {
  const found = (await runningContainers()).get(workload);
  if (found === undefined) throw new Error(`no container of ${workload} runs`);
  return found;
}

/** Runs a command inside a container and returns its exit code and output. */
export async function execute(
  workload: string,
  command: readonly string[],
): Promise<{ code: number; output: string }> {
  const { Id } = await container(workload);
  const exec = await docker
    .getContainer(Id)
    .exec({ Cmd: [...command], AttachStdout: true, AttachStderr: true, Tty: true });
  const stream = await exec.start({ Tty: true });
  let output = "";
  for await (const chunk of stream) output += String(chunk);
  const { ExitCode } = await exec.inspect();
  return { code: ExitCode ?? -1, output };
}

/** The address of a container on a network whose name begins so. */
export function addressOn(
  { NetworkSettings }: Docker.ContainerInspectInfo,
  network: string,
): string {
  const found = Object.entries(NetworkSettings.Networks).find(([name]) => name.startsWith(network));
  if (found === undefined) throw new Error(`not on a network ${network}`);
  return found[1].IPAddress;
}
