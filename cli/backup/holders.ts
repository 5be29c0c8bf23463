import type { Stack } from "../../model/stack";
import { POSTGRES } from "../../model/workloads/postgres";
import { POSTGRES_BACKUP } from "../../model/workloads/postgres-backup";
import type { Workload } from "../../model/workload";
import { UserError } from "../user-error";

/**
 * The workloads of a stack that hold data, or those of them that were asked for. Copies of Postgres'
 * data are none: they are backups themselves.
 * @param only names, separated by commas; all where undefined.
 * @throws UserError for a name that holds none.
 */
export function dataHolders(
  { name, workloads }: Pick<Stack, "name" | "workloads">,
  only: string | undefined,
): readonly Workload[] {
  const holders = workloads.filter(
    (workload) => workload.volumes.length > 0 && workload.name !== POSTGRES_BACKUP,
  );
  if (only === undefined) return holders;
  const wanted = namesIn(only);
  const known = holders.map((holder) => holder.name);
  const unknown = wanted.filter((wish) => !known.includes(wish));
  if (unknown.length === 0) return holders.filter((holder) => wanted.includes(holder.name));
  throw new UserError(
    `--only: found ${unknown.join(", ")}; allowed: ${known.join(", ") || `nothing, since ${name} keeps no data`}.`,
  );
}

/** The names of an option like `--only postgres,redis`. */
export function namesIn(only: string): readonly string[] {
  return only.split(",").map((name) => name.trim());
}

/** Whether its data comes by dumps rather than as its volume stands. */
export const isDumped = (workload: string): boolean => workload === POSTGRES;
