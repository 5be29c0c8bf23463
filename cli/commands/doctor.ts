import { rmSync } from "node:fs";
import path from "node:path";
import { checkedStack } from "../checked-stack";
import { describeDiagnoses } from "../doctor/diagnosis";
import { examine } from "../doctor/examine";
import { orphanedPlugins } from "../doctor/orphaned-plugins";
import { unfinishedExports } from "../doctor/state";
import { openPlatform } from "../platforms/open-platform";
import { pulumiEnvironment } from "../pulumi/local-backend";
import { PulumiCli } from "../pulumi/pulumi-cli";
import { repairInterrupted } from "../pulumi/repair";
import { stateBackend, STATE_FOLDER } from "../pulumi/state-backend";
import { readStackFile } from "../stack-file";

/** Options of `whalewatch doctor`. */
export interface DoctorOptions {
  readonly stack: string;
  /** Clear what an interrupted update left behind. */
  readonly fix?: boolean;
}

/**
 * Looks at everything that the commands need and says what to do about what is not well. Ends with 1
 * where something has to be mended.
 * @throws UserError for settings that do not hold; with --fix, while an update runs.
 */
export async function doctor(directory: string, options: DoctorOptions): Promise<void> {
  const stack = checkedStack(readStackFile(directory, options.stack));
  const environment = pulumiEnvironment(directory);
  const pulumi = new PulumiCli(directory, environment);
  const stateFolder = path.join(directory, STATE_FOLDER);
  const platform = await openPlatform(stack, stateFolder);
  const backend = stateBackend(directory);
  const all = { directory, pulumi, environment, backend, stack, platform };
  let diagnoses = await examine(all);
  const clearable = diagnoses.filter(({ toDo }) => toDo?.endsWith(" --fix") === true);
  if (options.fix === true && clearable.length > 0) {
    const say = (line: string): void => console.log(line);
    if (clearable.some(({ what }) => what === "update")) {
      await repairInterrupted({ pulumi, platform, stack, backend: backend.url, asked: true, say });
    }
    for (const { pid, command } of orphanedPlugins(directory)) {
      say(`Ending process ${pid}: ${command}`);
      process.kill(pid, "SIGTERM");
    }
    for (const file of unfinishedExports(stateFolder, stack.name)) {
      say(`Deleting ${file}.`);
      rmSync(file);
    }
    diagnoses = await examine(all);
  }
  console.log(describeDiagnoses(stack.name, diagnoses));
  if (diagnoses.some(({ status }) => status === "fail")) process.exitCode = 1;
}
