import { postgresMajorOf } from "../../model/postgres-major";
import type { Stack } from "../../model/stack";
import { POSTGRES } from "../../model/workloads/postgres";
import type { Obstacle } from "./check";

/** The image of the stack's own server; undefined where it has none. */
export function postgresImage({ workloads }: Pick<Stack, "workloads">): string | undefined {
  return workloads.find(({ name }) => name === POSTGRES)?.image;
}

/**
 * Is the data that of the declared major version? No server reads another's files, and the image of
 * a newer one would begin with an empty database beside them.
 * @param found the versions of the data that is there; empty where there is none.
 */
export function checkPostgresMajor(
  stack: Pick<Stack, "name" | "workloads">,
  found: readonly number[],
): Obstacle[] {
  const image = postgresImage(stack);
  if (image === undefined) return [];
  const wanted = postgresMajorOf(image);
  if (wanted === undefined || found.length === 0 || found.includes(wanted)) return [];
  const run = (verb: string, rest = "") => `npm run ${verb} --${rest} --stack ${stack.name}`;
  return [
    {
      problem: `whalewatch:postgres.image is ${image}, and the data is of PostgreSQL ${found.join(", ")}, which that does not read.`,
      remedy: [
        `By way of a dump, with the image of ${found.join(", ")} still declared: ${run("backup")}; then ${run("down")} --delete-data;`,
        `then with ${image}: ${run("up")}, and ${run("restore", " BACKUP")}`,
      ].join(" "),
    },
  ];
}
