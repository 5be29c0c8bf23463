import { z } from "zod";
import { ABSENT, type ClusterApi, FORBIDDEN, unless } from "../api/cluster-api";
import { withQuery } from "../api/kinds";

const eventSchema = z.object({
  metadata: z.object({ uid: z.string() }),
  involvedObject: z.object({ kind: z.string(), name: z.string(), namespace: z.string() }),
  reason: z.string().default(""),
  message: z.string().default(""),
  count: z.number().nullish(),
});
const eventsSchema = z.object({ items: z.array(eventSchema) });

/** A warning of the cluster about one object. */
export type Warning = z.output<typeof eventSchema>;

/** The warnings that are remembered in some namespaces, about an hour's. */
export async function warnings(api: ClusterApi, namespaces: readonly string[]): Promise<Warning[]> {
  const lists = await Promise.all(
    namespaces.map(async (namespace) => {
      const path = `/api/v1/namespaces/${namespace}/events`;
      const query = withQuery(path, { fieldSelector: "type=Warning" });
      const answer = await unless([ABSENT, FORBIDDEN], api.get(query), { items: [] });
      return eventsSchema.parse(answer).items;
    }),
  );
  return lists.flat();
}
