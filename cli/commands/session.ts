import path from "node:path";
import type { Stack } from "../../model/stack";
import { checkedStack } from "../checked-stack";
import { describeObstacles, type Obstacle } from "../checks/check";
import { openPlatform } from "../platforms/open-platform";
import type { PlatformAccess } from "../platforms/platform-access";
import { pulumiEnvironment, STATE_FOLDER } from "../pulumi/local-backend";
import { PulumiCli } from "../pulumi/pulumi-cli";
import { refuseLivingUpdate, repairInterrupted } from "../pulumi/repair";
import { readStackFile } from "../stack-file";
import { UserError } from "../user-error";

/** Everything a command needs that changes a stack. */
export interface Session {
  readonly stack: Stack;
  readonly platform: PlatformAccess;
  readonly pulumi: PulumiCli;
}

/**
 * Checks the settings, then the tools and the platform, then makes the Pulumi stack if it is new and
 * clears what an interrupted update left behind.
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
  const environment = pulumiEnvironment(directory);
  const backend = environment["PULUMI_BACKEND_URL"];
  refuseLivingUpdate(backend, stack);
  const pulumi = new PulumiCli(directory, environment);
  const platform = await openPlatform(stack, path.join(directory, STATE_FOLDER));
  const obstacles = [...pulumi.check(), ...(await check(platform))];
  if (obstacles.length > 0) throw new UserError(describeObstacles(obstacles));
  await beforeChange(platform);
  await pulumi.run(["stack", "select", "--create", "--stack", name]);
  await repairInterrupted({ pulumi, platform, stack, backend, say: (line) => console.log(line) });
  return { stack, platform, pulumi };
}
