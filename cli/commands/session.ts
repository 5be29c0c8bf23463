import path from "node:path";
import type { Stack } from "../../model/stack";
import { checkedStack } from "../checked-stack";
import { describeObstacles, type Obstacle } from "../checks/check";
import { openPlatform } from "../platforms/open-platform";
import type { PlatformAccess } from "../platforms/platform-access";
import { pulumiEnvironment } from "../pulumi/local-backend";
import { PulumiCli } from "../pulumi/pulumi-cli";
import { refuseLivingUpdate, repairInterrupted } from "../pulumi/repair";
import { stateBackend, STATE_FOLDER } from "../pulumi/state-backend";
import type { StackState } from "../pulumi/stack-state";
import { exportStack, exportsToKeep } from "../pulumi/stack-exports";
import { readStackFile } from "../stack-file";
import { UserError } from "../user-error";

/** Everything a command needs that changes a stack. */
export interface Session {
  readonly stack: Stack;
  readonly platform: PlatformAccess;
  readonly pulumi: PulumiCli;
  /** What Pulumi remembered of the stack when the session began. */
  readonly state: StackState;
}

/**
 * Checks the settings, then the tools and the platform, then makes the Pulumi stack if it is new,
 * keeps a copy of its state and clears what an interrupted update left behind.
 * @param beforeChange runs once nothing is in the way.
 * @throws UserError with all that is in the way, before anything was changed.
 */
export async function openSession(
  directory: string,
  name: string,
  check: (platform: PlatformAccess) => Promise<Obstacle[]>,
  beforeChange: (platform: PlatformAccess) => Promise<void> = () => Promise.resolve(),
): Promise<Session> {
  const stack = checkedStack(readStackFile(directory, name));
  const keep = exportsToKeep();
  const backend = stateBackend(directory).url;
  refuseLivingUpdate(backend, stack);
  const pulumi = new PulumiCli(directory, pulumiEnvironment(directory));
  const platform = await openPlatform(stack, path.join(directory, STATE_FOLDER));
  const obstacles = [...pulumi.check(), ...(await check(platform))];
  if (obstacles.length > 0) throw new UserError(describeObstacles(obstacles));
  await beforeChange(platform);
  await pulumi.run(["stack", "select", "--create", "--stack", name]);
  exportStack({ pulumi, stack: name, folder: path.join(directory, STATE_FOLDER), keep });
  const say = (line: string): void => console.log(line);
  const state = await repairInterrupted({ pulumi, platform, stack, backend, asked: false, say });
  return { stack, platform, pulumi, state };
}
