import assert from "node:assert/strict";
import { inPod } from "./cluster";
import { eventually } from "./command";

const ROWS = 1000;

/** Asks the stack's Postgres as its superuser. */
export async function psql(sql: string, database = "app"): Promise<string> {
  const login = ["-h", "/var/run/postgresql", "-U", "postgres", "-d", database];
  return (await inPod("postgres", "psql", ...login, "-v", "ON_ERROR_STOP=1", "-tAc", sql)).trim();
}

/** Puts rows into the database by which it can be told later whether data was lost. */
export async function leaveKeepsake(): Promise<void> {
  await psql(`CREATE TABLE IF NOT EXISTS keepsake AS SELECT generate_series(1, ${ROWS}) AS n`);
}

/** How many rows there are, and a digest of all of them. */
export function keepsake(): Promise<string> {
  return psql("SELECT count(*), md5(string_agg(n::text, ',' ORDER BY n)) FROM keepsake");
}

/** Fails where a row of the keepsake is lost; the server has a minute to answer. */
export async function keepsakeIsThere(): Promise<void> {
  await eventually(60, async () => {
    assert.match(await keepsake(), new RegExp(`^${ROWS}\\|`));
  });
}
