import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { Bucket } from "../backup/bucket";
import { checkFiles, checkTarget } from "../backup/check-backup";
import { keepGrafanaPassword } from "../backup/grafana-users";
import { isDumped, namesIn } from "../backup/holders";
import { type BackupEntry, readManifest } from "../backup/manifest";
import { nameOfTime } from "../backup/name-of-time";
import { PostgresServer } from "../backup/postgres-server";
import { restoreBackup } from "../backup/restore-backup";
import { volumesOf } from "../backup/volumes-of";
import { describeObstacles } from "../checks/check";
import { confirmByName } from "../confirm";
import { interruptible } from "../interruptible";
import type { PlatformAccess } from "../platforms/platform-access";
import { unwellWorkloads } from "../platforms/unwell";
import { UserError } from "../user-error";
import { openRunningStack } from "./running-stack";

/** Options of `whalewatch restore`. */
export interface RestoreOptions {
  readonly stack: string;
  /** Do not ask before changing anything. */
  readonly yes?: boolean;
  /** Names of what to restore, separated by commas; default all that the backup has. */
  readonly only?: string;
  /** The backup may be another stack's. */
  readonly fromOtherStack?: boolean;
}

/**
 * Puts the data of a backup, in a folder or in a bucket, in the place of what a stack has.
 * @throws UserError before anything was changed when the backup is damaged or does not fit.
 */
export async function restore(
  directory: string,
  given: string,
  options: RestoreOptions,
): Promise<void> {
  await interruptible((interrupted) =>
    given.startsWith("s3://")
      ? restoreFromBucket(directory, given, options, interrupted)
      : restoreFolder(directory, given, options, interrupted),
  );
}

async function restoreFromBucket(
  directory: string,
  given: string,
  options: RestoreOptions,
  interrupted: AbortSignal,
): Promise<void> {
  const bucket = Bucket.at(given);
  const name = `downloaded-${nameOfTime(new Date())}`;
  const folder = path.join("backups", options.stack, name);
  const here = path.join(directory, folder);
  try {
    await bucket.download(here, interrupted, (line) => console.log(line));
    await restoreFolder(directory, folder, options, interrupted);
  } finally {
    rmSync(here, { recursive: true, force: true });
  }
}

async function restoreFolder(
  directory: string,
  given: string,
  options: RestoreOptions,
  interrupted: AbortSignal,
): Promise<void> {
  const folder = path.resolve(directory, given);
  const manifest = readManifest(folder);
  const entries = chosenEntries(manifest.entries, options.only);
  const { stack, platform } = await openRunningStack(directory, options.stack);
  const dumped = stack.workloads.filter(
    ({ name }) => isDumped(name) && entries.some(({ workload }) => workload === name),
  );
  const unwell = await unwellWorkloads(dumped, platform);
  const postgresMajor =
    dumped.length > 0 && unwell.length === 0
      ? await new PostgresServer(platform).major()
      : undefined;
  const fromOtherStack = options.fromOtherStack === true;
  const obstacles = [
    ...(await checkFiles(folder, entries)),
    ...unwell,
    ...checkTarget(manifest, entries, { stack, postgresMajor, fromOtherStack }),
  ];
  if (obstacles.length > 0) throw new UserError(describeObstacles(obstacles));
  await checkVolumes(entries, platform);

  const what = [...new Set(entries.map(({ workload }) => workload))].join(", ");
  if (options.yes !== true) {
    await confirmByName(
      `This puts the data of ${manifest.project}/${manifest.stack} from ${manifest.startedAt} in the place of what ${what} of ${stack.name} have now.`,
      stack.name,
      "Not confirmed; nothing was changed.",
      interrupted,
    );
  }
  const aside = path.join(
    directory,
    "backups",
    stack.name,
    `before-restore-${nameOfTime(new Date())}`,
  );
  const hasVolumes = entries.some(({ kind }) => kind === "volume");
  if (hasVolumes) mkdirSync(aside, { recursive: true, mode: 0o700 });
  try {
    const say = (line: string): void => console.log(line);
    await restoreBackup({ platform, folder, entries, aside, interrupted, say });
  } catch (error) {
    if (error instanceof UserError && hasVolumes) {
      throw new UserError(`${error.message}\nWhat volumes held is also in ${aside}.`);
    }
    throw error;
  }
  await keepGrafanaPassword({ entries, stack, platform });
  console.log(`Restored ${what} of ${stack.name} from ${given}.`);
}

/** @throws UserError for a name that the backup does not have. */
function chosenEntries(
  all: readonly BackupEntry[],
  only: string | undefined,
): readonly BackupEntry[] {
  if (only === undefined) return all;
  const wanted = namesIn(only);
  const known = [...new Set(all.map(({ workload }) => workload))];
  const unknown = wanted.filter((name) => !known.includes(name));
  if (unknown.length === 0) return all.filter(({ workload }) => wanted.includes(workload));
  throw new UserError(`--only: found ${unknown.join(", ")}; allowed: ${known.join(", ")}.`);
}

async function checkVolumes(
  entries: readonly BackupEntry[],
  platform: Pick<PlatformAccess, "volumeData">,
): Promise<void> {
  for (const { kind, workload, name } of entries) {
    if (kind === "volume") await volumesOf(platform).checkReplaceable(workload, name);
  }
}
