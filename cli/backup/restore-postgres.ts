import { readFileSync } from "node:fs";
import path from "node:path";
import type { Say } from "../platforms/platform-access";
import { missingRoles } from "./missing-roles";
import type { BackupEntry } from "./manifest";
import { readWithProgress } from "./measured-file";
import type { PostgresServer } from "./postgres-server";

/** PostgreSQL's longest name, in bytes (NAMEDATALEN). */
const LONGEST_NAME = 63;

const CLOSE = `ALTER DATABASE :"database" WITH ALLOW_CONNECTIONS false;
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = :'database';
ALTER DATABASE :"database" RENAME TO :"aside";`;
const BRING_BACK = `ALTER DATABASE :"aside" RENAME TO :"database";
ALTER DATABASE :"database" WITH ALLOW_CONNECTIONS true;`;
const OPEN = `ALTER DATABASE :"database" WITH ALLOW_CONNECTIONS true;`;
const DROP = `DROP DATABASE IF EXISTS :"database" WITH (FORCE);`;

/** Makes the roles that the server lacks; they have no passwords. */
export async function restoreRoles(server: PostgresServer, file: string, say: Say): Promise<void> {
  const { names, statements } = missingRoles(readFileSync(file, "utf8"), await server.roles());
  if (names.length === 0) return;
  await server.query(statements.join("\n"));
  say(`postgres: made the roles ${names.join(", ")}, without passwords`);
}

/** A part of a restore, which can be taken back. */
export interface RestoreStep {
  /** Puts what the backup has in the place of what is there, which is put aside. */
  apply(): Promise<void>;
  /** Puts back what was there, however far that came. */
  undo(): Promise<void>;
  /** Drops what was there if it held nothing; otherwise says what it is called now. */
  finish(): Promise<void>;
}

/** Puts a database aside under another name and makes it anew from a dump. */
export async function databaseStep(
  server: PostgresServer,
  folder: string,
  { name, file }: Pick<BackupEntry, "name" | "file">,
  say: Say,
): Promise<RestoreStep> {
  const suffix = `_before_${new Date().toISOString().replace(/\D/g, "").slice(0, 14)}`;
  const names = {
    database: name,
    aside: `${name.slice(0, LONGEST_NAME - suffix.length)}${suffix}`,
  };
  const there = await server.has(name);
  const wasEmpty = there && (await server.isEmpty(name));
  let isAside = false;
  return {
    apply: async () => {
      if (there) {
        await server.query(CLOSE, names);
        isAside = true;
      }
      const dump = readWithProgress(path.join(folder, file), (progress) =>
        say(`postgres: database ${name}, ${progress}`),
      );
      await server.restore(dump);
    },
    undo: async () => {
      if (there && !isAside) {
        await server.query(OPEN, names);
        return;
      }
      await server.query(DROP, names);
      if (there) await server.query(BRING_BACK, names);
    },
    finish: async () => {
      if (wasEmpty) await server.query(DROP, { database: names.aside });
      else if (there) {
        say(
          `postgres: what ${name} was before is ${names.aside}, closed to everybody: drop it when nothing is missed`,
        );
      }
    },
  };
}
