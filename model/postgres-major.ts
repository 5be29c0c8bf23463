import { posix } from "node:path";

/** The first version whose images keep the data where the stack has its volume. */
export const FIRST_POSTGRES_MAJOR = 18;

/**
 * The major version of PostgreSQL in an image, as far as its name tells: `postgres:18.6`,
 * `pgvector/pgvector:0.8.1-pg18`; undefined for a digest alone or a tag of something else.
 */
export function postgresMajorOf(image: string): number | undefined {
  const [named = ""] = image.split("@");
  const [repository = "", tag] = posix.basename(named).split(":");
  if (tag === undefined) return undefined;
  const [, suffixed] = /(?:^|[^a-z])pg(\d+)/.exec(tag) ?? [];
  const [, leading] = repository === "postgres" ? (/^(\d+)/.exec(tag) ?? []) : [];
  const major = suffixed ?? leading;
  return major === undefined ? undefined : Number(major);
}
