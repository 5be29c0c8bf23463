import path from "node:path";
import type { Stack } from "../../model/stack";
import { checkedStack } from "../checked-stack";
import { describeObstacles } from "../checks/check";
import { openPlatform } from "../platforms/open-platform";
import type { PlatformAccess } from "../platforms/platform-access";
import { refuseLivingUpdate } from "../pulumi/repair";
import { stateBackend, STATE_FOLDER } from "../pulumi/state-backend";
import { readStackFile } from "../stack-file";
import { UserError } from "../user-error";

/**
 * A stack that runs, for commands that leave its resources alone.
 * @throws UserError when its file does not hold, an update runs, or the platform does not answer.
 */
export async function openRunningStack(
  directory: string,
  name: string,
): Promise<{ readonly stack: Stack; readonly platform: PlatformAccess }> {
  const stack = checkedStack(readStackFile(directory, name));
  refuseLivingUpdate(stateBackend(directory).url, stack);
  const platform = await openPlatform(stack, path.join(directory, STATE_FOLDER));
  const obstacles = await platform.checkAnswers();
  if (obstacles.length > 0) throw new UserError(describeObstacles(obstacles));
  return { stack, platform };
}
