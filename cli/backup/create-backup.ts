import { createReadStream, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import type { Writable } from "node:stream";
import type { Stack } from "../../model/stack";
import type { Workload } from "../../model/workload";
import { POSTGRES } from "../../model/workloads/postgres";
import type { PlatformAccess, Say } from "../platforms/platform-access";
import { isDumped } from "./holders";
import { type BackupEntry, writeManifest } from "./manifest";
import { inMebibytes, writeMeasured } from "./measured-file";
import { PostgresServer } from "./postgres-server";
import { volumesOf } from "./volumes-of";

/** What a backup is made of. */
export interface BackupArgs {
  readonly stack: Pick<Stack, "project" | "name"> & {
    readonly settings: Pick<Stack["settings"], "platform">;
  };
  readonly platform: Pick<PlatformAccess, "execute" | "volumeData">;
  readonly holders: readonly Workload[];
  /** The folder to make; there must be none. */
  readonly folder: string;
  /** Aborts when the copying is to stop. */
  readonly interrupted: AbortSignal;
  readonly say: Say;
}

type Entry = Omit<BackupEntry, "bytes" | "sha256">;

/**
 * Makes a backup as a folder: a file for each database and volume, and a manifest. The folder has its
 * name once all of it is there; what fails leaves none.
 * @throws UserError when a part cannot be had.
 */
export async function createBackup(args: BackupArgs): Promise<void> {
  const { stack, platform, holders, folder, interrupted, say } = args;
  mkdirSync(path.dirname(folder), { recursive: true, mode: 0o700 });
  const partial = mkdtempSync(`${folder}.partial-`);
  const entries: BackupEntry[] = [];
  const take = async (entry: Entry, fill: (output: Writable) => Promise<void>) => {
    const label = `${entry.workload}: ${entry.kind} ${entry.name}`;
    const began = Date.now();
    const measure = await writeMeasured(
      path.join(partial, entry.file),
      fill,
      (progress) => say(`${label}, ${progress}`),
      interrupted,
    );
    const seconds = ((Date.now() - began) / 1000).toFixed(1);
    say(`${label}, ${inMebibytes(measure.bytes)} in ${seconds} s`);
    entries.push({ ...entry, ...measure });
  };
  try {
    const startedAt = new Date().toISOString();
    for (const holder of holders) {
      if (isDumped(holder.name)) await takePostgres(new PostgresServer(platform), partial, take);
      else await takeVolumes(holder, platform, take);
    }
    const { project, name, settings } = stack;
    const finishedAt = new Date().toISOString();
    const identity = { project, stack: name, platform: settings.platform };
    interrupted.throwIfAborted();
    writeManifest(partial, { ...identity, startedAt, finishedAt, entries });
    renameSync(partial, folder);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw error;
  }
}

type Take = (entry: Entry, fill: (output: Writable) => Promise<void>) => Promise<void>;

async function takePostgres(server: PostgresServer, folder: string, take: Take): Promise<void> {
  const version = String(await server.major());
  const entry = { workload: POSTGRES, version } as const;
  const roles = { ...entry, kind: "roles", name: "roles", file: "postgres.roles.sql" } as const;
  await take(roles, (output) => server.dumpRoles(output));
  for (const name of await server.databases()) {
    const file = `postgres.${encodeURIComponent(name)}.dump`;
    await take({ ...entry, kind: "database", name, file }, (output) => server.dump(name, output));
    // All of it, not only the table of contents: a block that cannot be read fails here.
    await server.proveReadable(createReadStream(path.join(folder, file)));
  }
}

async function takeVolumes(
  { name: workload, image, volumes }: Workload,
  platform: Pick<PlatformAccess, "volumeData">,
  take: Take,
): Promise<void> {
  const data = volumesOf(platform);
  for (const { name, path: directory } of volumes) {
    await take(
      {
        kind: "volume",
        workload,
        name: directory,
        version: image,
        file: `${workload}.${name}.tar`,
      },
      (output) => data.copy(workload, directory, output),
    );
  }
}
