import { z } from "zod";
import { namespaceName } from "../../../components/platform/kubernetes/naming";
import type { Stack } from "../../../model/stack";
import { POSTGRES } from "../../../model/workloads/postgres";
import { ABSENT, type ClusterApi, FORBIDDEN, unless } from "../../kubernetes/api/cluster-api";
import type { Obstacle } from "../check";
import { postgresMajorOf } from "../../../model/postgres-major";
import { checkPostgresMajor } from "../postgres-major";

const statefulSet = z.object({
  spec: z.object({
    template: z.object({
      spec: z.object({ containers: z.array(z.object({ image: z.string() })) }),
    }),
  }),
});

/** Is the server that runs of the declared major version? Who may not look is not asked. */
export async function checkRunningPostgres(api: ClusterApi, stack: Stack): Promise<Obstacle[]> {
  const namespace = namespaceName(stack, "stores");
  const path = `/apis/apps/v1/namespaces/${namespace}/statefulsets/${POSTGRES}`;
  const found = await unless<unknown>([ABSENT, FORBIDDEN], api.get(path), undefined);
  if (found === undefined) return [];
  const { containers } = statefulSet.parse(found).spec.template.spec;
  const majors = containers.flatMap(({ image }) => postgresMajorOf(image) ?? []);
  return checkPostgresMajor(stack, majors);
}
