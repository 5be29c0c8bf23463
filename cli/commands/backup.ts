import { existsSync } from "node:fs";
import path from "node:path";
import { createBackup } from "../backup/create-backup";
import { dataHolders, isDumped } from "../backup/holders";
import { nameOfTime } from "../backup/name-of-time";
import { volumesOf } from "../backup/volumes-of";
import { UserError } from "../user-error";
import { openRunningStack } from "./running-stack";

/** Options of `whalewatch backup`. */
export interface BackupOptions {
  readonly stack: string;
  /** The folder to make. */
  readonly out?: string;
  /** Names of what to copy, separated by commas; default everything that holds data. */
  readonly only?: string;
}

/** Copies everything that holds data into a folder. */
export async function backup(directory: string, options: BackupOptions): Promise<void> {
  const { stack, platform } = await openRunningStack(directory, options.stack);
  const holders = dataHolders(stack, options.only);
  if (holders.length === 0) throw new UserError(`${stack.name} keeps no data.`);
  if (holders.some(({ name }) => !isDumped(name))) volumesOf(platform);
  const given = options.out ?? path.join("backups", stack.name, nameOfTime(new Date()));
  const folder = path.resolve(directory, given);
  if (existsSync(folder)) {
    throw new UserError(`--out: found ${given}, which is there already; allowed: a new folder.`);
  }
  await createBackup({ stack, platform, holders, folder, say: (line) => console.log(line) });
  console.log(
    `Made ${folder}. It holds everything that the data does: keep it from others, and away from this machine.\nTo restore it: npm run restore -- ${given} --stack ${stack.name}`,
  );
}
