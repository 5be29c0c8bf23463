import type Docker from "dockerode";
import type { Stack } from "../../model/stack";
import { checkedStack } from "../checked-stack";
import { describeObstacles, type Obstacle } from "../checks/check";
import { dockerClient } from "../docker/stack-containers";
import { pulumiEnvironment } from "../pulumi/local-backend";
import { PulumiCli } from "../pulumi/pulumi-cli";
import { repairInterrupted } from "../pulumi/repair";
import { readStackFile } from "../stack-file";
import { UserError } from "../user-error";

/** Everything a command needs that changes a stack. */
export interface Session {
  readonly stack: Stack;
  readonly docker: Docker;
  readonly pulumi: PulumiCli;
}

/**
 * Checks the settings, then the tools, then makes the Pulumi stack if it is new and clears what an
 * interrupted update left behind.
 * @throws UserError with all that is in the way, before anything was changed.
 */
export async function openSession(
  directory: string,
  name: string,
  check: (docker: Docker, stack: Stack) => Promise<Obstacle[]>,
): Promise<Session> {
  const stack = checkedStack(readStackFile(directory, name));
  const environment = pulumiEnvironment(directory);
  const pulumi = new PulumiCli(directory, environment);
  const docker = dockerClient();
  const obstacles = [...pulumi.check(), ...(await check(docker, stack))];
  if (obstacles.length > 0) throw new UserError(describeObstacles(obstacles));
  await pulumi.run(["stack", "select", "--create", "--stack", name]);
  const backend = environment["PULUMI_BACKEND_URL"];
  await repairInterrupted({ pulumi, docker, stack, backend, say: (line) => console.log(line) });
  return { stack, docker, pulumi };
}
