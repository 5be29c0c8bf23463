import path from "node:path";
import { checkedStack } from "../checked-stack";
import { describeObstacles } from "../checks/check";
import { findDrift } from "../drift/find-drift";
import { describeDrift } from "../drift/report";
import { openPlatform } from "../platforms/open-platform";
import { pulumiEnvironment } from "../pulumi/local-backend";
import { PulumiCli } from "../pulumi/pulumi-cli";
import { stateBackend, STATE_FOLDER } from "../pulumi/state-backend";
import { readStackFile } from "../stack-file";
import { UserError } from "../user-error";

/** Options of `whalewatch drift`. */
export interface DriftOptions {
  readonly stack: string;
  /** Print the report as JSON. */
  readonly json?: boolean;
}

/** The exit code that says that something differs. */
const DRIFTED = 2;

/**
 * Says what is there otherwise than declared, and changes nothing. Ends with 0 where nothing differs
 * and with 2 where something does.
 * @throws UserError when it cannot be compared.
 */
export async function drift(directory: string, options: DriftOptions): Promise<void> {
  const stack = checkedStack(readStackFile(directory, options.stack));
  const pulumi = new PulumiCli(directory, pulumiEnvironment(directory));
  const platform = await openPlatform(stack, path.join(directory, STATE_FOLDER));
  const obstacles = [...pulumi.check(), ...(await platform.checkAnswers())];
  if (obstacles.length > 0) throw new UserError(describeObstacles(obstacles));
  const backend = stateBackend(directory).url;
  const report = await findDrift({ pulumi, platform, stack, backend });
  console.log(options.json === true ? JSON.stringify(report, null, 2) : describeDrift(report));
  if (report.findings.length > 0) process.exitCode = DRIFTED;
}
