import type { StackIdentity } from "../../model/stack-identity";
import type { PlatformAccess, Say } from "../platforms/platform-access";
import { UserError } from "../user-error";
import type { PulumiCli } from "./pulumi-cli";
import { findLock, locksAreSeen } from "./stale-lock";
import { readStackState, type StackState } from "./stack-state";

/** What a repair works on. */
export interface RepairArgs {
  readonly pulumi: Pick<PulumiCli, "run" | "read">;
  readonly platform: Pick<PlatformAccess, "leftovers" | "clearLeftovers">;
  readonly stack: StackIdentity;
  /** The state backend's URL. */
  readonly backend: string | undefined;
  /** The user has asked for the repair, and so answers for it that no update runs that cannot be seen. */
  readonly asked: boolean;
  /** Told about each step before it is taken. */
  readonly say: Say;
}

/**
 * Clears what a killed update leaves behind, which Pulumi alone cannot: its lock, its unfinished
 * creations, and what exists on the platform without being in the state (its names would be taken for
 * ever). Data is never touched. Where locks cannot be seen, what looks left behind may be what a running
 * update has just made: then it is only told of, unless the user has asked.
 * @returns the state as it was found, which a later step need not ask for again.
 * @throws UserError when another update still runs.
 */
export async function repairInterrupted(args: RepairArgs): Promise<StackState> {
  const { pulumi, platform, stack, backend, asked, say } = args;
  await clearLock(args);
  const state = readStackState(pulumi, stack.name);
  // A state that knows nothing is refused below, if the stack runs nevertheless.
  if (!asked && !locksAreSeen(backend) && state.ids.size > 0) {
    const found = await platform.leftovers(state);
    if (found.length > 0) say(mayBeRunning(stack, found));
    return state;
  }
  await platform.clearLeftovers(state, say);
  if (state.pendingCreates > 0) {
    const many = state.pendingCreates === 1 ? "creation" : "creations";
    say(`Clearing ${state.pendingCreates} unfinished ${many} from the state.`);
    const refresh = ["refresh", "--stack", stack.name, "--yes", "--skip-preview"];
    await pulumi.run([...refresh, "--clear-pending-creates", "--suppress-outputs"]);
  }
  return state;
}

function mayBeRunning({ name }: StackIdentity, leftovers: readonly string[]): string {
  return `WARNING: not in the state: ${leftovers.join(", ")}. Either an update of ${name} runs elsewhere, whose lock cannot be seen from here, or one was interrupted; nothing is removed. If none runs: npm run doctor -- --stack ${name} --fix`;
}

async function clearLock({ pulumi, stack, backend, say }: RepairArgs): Promise<void> {
  refuseLivingUpdate(backend, stack);
  const lock = findLock(backend, stack.project, stack.name);
  if (lock === undefined) return;
  say(`Clearing the lock of ${lock.name}, which is gone.`);
  await pulumi.run(["cancel", "--stack", stack.name, "--yes"]);
}

/**
 * Refuses to go on while another update runs.
 * @throws UserError with its process and the way out.
 */
export function refuseLivingUpdate(
  backend: string | undefined,
  { project, name }: StackIdentity,
): void {
  const lock = findLock(backend, project, name);
  if (lock === undefined || lock.dead) return;
  throw new UserError(
    `${name} is being updated by ${lock.name}. Wait for it to end; if it is gone, run: npm run pulumi -- cancel --stack ${name}`,
  );
}
