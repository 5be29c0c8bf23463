import type { StackIdentity } from "../../model/stack-identity";
import {
  containerName,
  type ContainerLister,
  type NetworkLister,
  stackContainers,
  stackNetworks,
} from "../docker/stack-containers";
import { UserError } from "../user-error";
import type { PulumiCli } from "./pulumi-cli";
import { findLock } from "./stale-lock";
import { readStackState } from "./stack-state";

/** An engine as far as a repair uses it: it cannot touch volumes. */
export interface RepairableEngine extends ContainerLister, NetworkLister {
  getContainer(id: string): { remove(options: { force: true; v: false }): Promise<unknown> };
  getNetwork(id: string): { remove(): Promise<unknown> };
}

/** What a repair works on. */
export interface RepairArgs {
  readonly pulumi: Pick<PulumiCli, "run" | "read">;
  readonly docker: RepairableEngine;
  readonly stack: StackIdentity;
  /** The state backend's URL. */
  readonly backend: string | undefined;
  /** Told about each step before it is taken. */
  readonly say: (line: string) => void;
}

/**
 * Clears what a killed update leaves behind, which Pulumi alone cannot: its lock, its unfinished
 * creations, and containers and networks that exist without being in the state (their names would
 * be taken for ever). Volumes, and so data, are never touched.
 * @throws UserError when another update still runs.
 */
export async function repairInterrupted(args: RepairArgs): Promise<void> {
  const { pulumi, docker, stack, say } = args;
  await clearLock(args);
  const state = readStackState(pulumi, stack.name);
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
  if (state.pendingCreates > 0) {
    const many = state.pendingCreates === 1 ? "creation" : "creations";
    say(`Clearing ${state.pendingCreates} unfinished ${many} from the state.`);
    const refresh = ["refresh", "--stack", stack.name, "--yes", "--skip-preview"];
    await pulumi.run([...refresh, "--clear-pending-creates", "--suppress-outputs"]);
  }
}

async function clearLock({ pulumi, stack, backend, say }: RepairArgs): Promise<void> {
  const lock = findLock(backend, stack.project, stack.name);
  if (lock === undefined) return;
  if (!lock.dead) {
    throw new UserError(
      `Process ${lock.pid} on ${lock.hostname} is updating ${stack.name}. Wait for it to end; if it is gone, run: pulumi cancel --stack ${stack.name}`,
    );
  }
  say(`Clearing the lock of process ${lock.pid}, which is gone.`);
  await pulumi.run(["cancel", "--stack", stack.name, "--yes"]);
}
