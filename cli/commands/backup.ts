import { existsSync } from "node:fs";
import path from "node:path";
import { Bucket } from "../backup/bucket";
import { createBackup } from "../backup/create-backup";
import { dataHolders, isDumped } from "../backup/holders";
import { nameOfTime } from "../backup/name-of-time";
import { volumesOf } from "../backup/volumes-of";
import { interruptible } from "../interruptible";
import { UserError } from "../user-error";
import { openRunningStack } from "./running-stack";

/** Options of `whalewatch backup`. */
export interface BackupOptions {
  readonly stack: string;
  /** The folder to make. */
  readonly out?: string;
  /** Where to copy it to: `s3://BUCKET/FOLDER`. */
  readonly to?: string;
  /** Names of what to copy, separated by commas; default everything that holds data. */
  readonly only?: string;
}

/**
 * Copies everything that holds data into a folder, and from there into a bucket where one is named.
 * @throws UserError before anything is copied for a bucket that cannot be reached as it is named.
 */
export async function backup(directory: string, options: BackupOptions): Promise<void> {
  const bucket = options.to === undefined ? undefined : Bucket.at(options.to);
  const { stack, platform } = await openRunningStack(directory, options.stack);
  const holders = dataHolders(stack, options.only);
  if (holders.length === 0) throw new UserError(`${stack.name} keeps no data.`);
  if (holders.some(({ name }) => !isDumped(name))) volumesOf(platform);
  const given = options.out ?? path.join("backups", stack.name, nameOfTime(new Date()));
  const folder = path.resolve(directory, given);
  if (existsSync(folder)) {
    throw new UserError(`--out: found ${given}, which is there already; allowed: a new folder.`);
  }
  const say = (line: string): void => console.log(line);
  await interruptible((interrupted) =>
    createBackup({ stack, platform, holders, folder, interrupted, say }),
  );
  console.log(
    `Made ${folder}. It holds everything that the data does: keep it from others, and away from this machine.\nTo restore it: npm run restore -- ${given} --stack ${stack.name}`,
  );
  if (bucket === undefined) return;
  const copy = bucket.inside(stack.name, path.basename(folder));
  await copy.upload(folder, say);
  console.log(`To restore it from there: npm run restore -- ${copy.url} --stack ${stack.name}`);
}
