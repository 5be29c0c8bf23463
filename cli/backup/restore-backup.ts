import path from "node:path";
import type { PlatformAccess, Say } from "../platforms/platform-access";
import { UserError } from "../user-error";
import type { BackupEntry } from "./manifest";
import { readWithProgress, writeMeasured } from "./measured-file";
import { PostgresServer } from "./postgres-server";
import { volumesOf } from "./volumes-of";
import { databaseStep, restoreRoles, type RestoreStep } from "./restore-postgres";

/** What a restore works on; everything was checked. */
export interface RestoreArgs {
  readonly platform: Pick<PlatformAccess, "execute" | "volumeData">;
  readonly folder: string;
  readonly entries: readonly BackupEntry[];
  /** An empty folder for what volumes held before. */
  readonly aside: string;
  /** Aborts when the restore is to be taken back: between two parts, since half of one helps nobody. */
  readonly interrupted: AbortSignal;
  readonly say: Say;
}

/**
 * Puts the data of a backup in the place of what is there. Each part is put aside first; where one
 * fails, all of them are put back.
 * @throws UserError with the reason, once everything is as it was, or with what could not be put back.
 */
export async function restoreBackup(args: RestoreArgs): Promise<void> {
  const { platform, folder, entries, interrupted, say } = args;
  const begun: RestoreStep[] = [];
  const server = new PostgresServer(platform);
  try {
    for (const entry of entries) {
      interrupted.throwIfAborted();
      if (entry.kind === "roles") {
        await restoreRoles(server, path.join(folder, entry.file), say);
        continue;
      }
      const step =
        entry.kind === "database"
          ? await databaseStep(server, folder, entry, say)
          : await volumeStep(args, entry);
      begun.push(step);
      await step.apply();
      say(`${entry.workload}: restored ${entry.kind} ${entry.name}`);
    }
    interrupted.throwIfAborted();
  } catch (error) {
    throw new UserError(
      `The restore failed: ${reasonOf(error)}\n${await putBack(begun.reverse())}`,
    );
  }
  for (const step of begun) await step.finish();
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

async function putBack(steps: readonly RestoreStep[]): Promise<string> {
  const failures: string[] = [];
  for (const step of steps) {
    await step.undo().catch((error: unknown) => void failures.push(reasonOf(error)));
  }
  if (failures.length === 0) return "Everything is as it was before.";
  return ["This could not be put back:", ...failures.map((line) => `  ${line}`)].join("\n");
}

/** Copies aside what a volume holds, on this machine, before it is replaced. */
async function volumeStep(args: RestoreArgs, entry: BackupEntry): Promise<RestoreStep> {
  const { platform, folder, aside, interrupted, say } = args;
  const { workload, name: directory, file } = entry;
  const data = volumesOf(platform);
  const before = path.join(aside, file);
  await writeMeasured(
    before,
    (output) => data.copy(workload, directory, output),
    (progress) => say(`${workload}: putting aside ${directory}, ${progress}`),
    interrupted,
  );
  say(`${workload}: what is in ${directory} now is put aside as ${before}`);
  const put = (archive: string) =>
    data.replace(
      workload,
      directory,
      readWithProgress(archive, (progress) => say(`${workload}: ${directory}, ${progress}`)),
    );
  return {
    apply: () => put(path.join(folder, file)),
    undo: () => put(before),
    finish: () => {
      say(
        `${workload}: what was in ${directory} before is ${before}: delete it when nothing is missed`,
      );
      return Promise.resolve();
    },
  };
}
