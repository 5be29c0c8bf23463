import { z } from "zod";
import type { ClusterApi } from "../../kubernetes/api/cluster-api";
import { concurrently } from "../../kubernetes/api/concurrently";
import { KINDS } from "../../kubernetes/api/kinds";
import type { StackObject } from "../../kubernetes/stack-objects";
import type { Obstacle } from "../check";

const REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
const CHANGE = ["get", "list", "watch", "create", "patch", "delete"];
const EVERYTHING: Access = { group: "*", resource: "*", verb: "*" };

const reviewSchema = z.object({ status: z.object({ allowed: z.boolean() }) });

/** Something a user may or may not do; without a namespace: in the whole cluster. */
interface Access {
  readonly namespace?: string;
  readonly group: string;
  /** With its part behind a slash, such as `pods/log`. */
  readonly resource: string;
  readonly verb: string;
}

interface Need extends Omit<Access, "verb"> {
  readonly verbs: readonly string[];
}

/** May the user do all that an update does? Whatever is missing is one obstacle, to be sent on whole. */
export async function checkPermissions(
  api: ClusterApi,
  objects: readonly StackObject[],
): Promise<Obstacle[]> {
  if (await allowed(api, EVERYTHING)) return [];
  const missing = await concurrently(needs(objects), async (need) => {
    const { verbs, ...where } = need;
    if (await allowed(api, { ...where, verb: "*" })) return { ...need, verbs: [] };
    const answers: string[] = [];
    for (const verb of verbs) if (!(await allowed(api, { ...where, verb }))) answers.push(verb);
    return { ...need, verbs: answers };
  });
  const lacking = missing.filter(({ verbs }) => verbs.length > 0);
  if (lacking.length === 0) return [];
  const byPlace = grouped(lacking, ({ namespace }) =>
    namespace === undefined ? "in the whole cluster" : `in ${namespace}`,
  );
  const lines = [...byPlace].map(([place, rights]) => [place, describeRights(rights)] as const);
  const byRights = grouped(lines, ([, rights]) => rights);
  const missingLines = [...byRights].map(
    ([rights, places]) => `    ${places.map(([place]) => place).join(", ")}: ${rights}`,
  );
  // A right on machines is not everybody's to have, and the stack runs without it.
  const withoutKubelets = lacking.some(({ resource }) => /^(?:nodes|clusterroles)/.test(resource))
    ? `. The rights in the whole cluster on nodes and on cluster roles are for the metrics of the kubelets alone; to do without them: whalewatch:exporters: { kubelet: { enabled: false } }.`
    : "";
  return [
    {
      problem: `The user of the context ${api.context} may not do what an update does. Missing:\n${missingLines.join("\n")}`,
      remedy: `Have the cluster's administrator grant these; to see what there is: kubectl --context ${api.context} auth can-i --list --namespace NAMESPACE${withoutKubelets}`,
    },
  ];
}

/** Resources with the same verbs together: `create, patch secrets, services; get pods/log`. */
function describeRights(needs: readonly Need[]): string {
  const byVerbs = grouped(needs, ({ verbs }) => verbs.join(", "));
  return [...byVerbs]
    .map(([verbs, same]) => `${verbs} ${same.map(resourceName).sort().join(", ")}`)
    .sort()
    .join("; ");
}

function grouped<T>(values: readonly T[], key: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = key(value);
    groups.set(group, [...(groups.get(group) ?? []), value]);
  }
  return groups;
}

/** Every kind in every namespace once, and what the commands themselves look at. */
function needs(objects: readonly StackObject[]): Need[] {
  const all = objects.map(({ kind, metadata: { namespace } }): Need => {
    const { group, plural } = KINDS[kind];
    return {
      ...(namespace !== undefined && { namespace }),
      group,
      resource: plural,
      verbs: CHANGE,
    };
  });
  all.push(...objects.flatMap(granted));
  const namespaces = new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []));
  for (const namespace of namespaces) {
    const core = { namespace, group: "" };
    all.push(
      { ...core, resource: "pods", verbs: ["get", "list", "watch"] },
      { ...core, resource: "pods/log", verbs: ["get"] },
      { ...core, resource: "events", verbs: ["list"] },
      { ...core, resource: "persistentvolumeclaims", verbs: ["list"] },
    );
  }
  const byAddress = grouped(all, (need) => `${need.namespace ?? ""} ${resourceName(need)}`);
  return [...byAddress.values()].flatMap((same) => {
    const [first] = same;
    const verbs = [...new Set(same.flatMap((need) => need.verbs))];
    return first === undefined ? [] : [{ ...first, verbs }];
  });
}

/** What a role grants: the API server lets nobody grant what they may not do themselves. */
function granted({ metadata: { namespace }, rules = [] }: StackObject): Need[] {
  return rules.flatMap(({ apiGroups, resources, verbs }) =>
    apiGroups.flatMap((group) =>
      resources.map((resource) => ({
        ...(namespace !== undefined && { namespace }),
        group,
        resource,
        verbs,
      })),
    ),
  );
}

const resourceName = ({ group, resource }: Omit<Access, "verb">): string =>
  group === "" ? resource : `${resource}.${group}`;

async function allowed(api: ClusterApi, { resource, ...access }: Access): Promise<boolean> {
  const [name = "", subresource] = resource.split("/");
  const answer = await api.post(REVIEWS, {
    apiVersion: "authorization.k8s.io/v1",
    kind: "SelfSubjectAccessReview",
    spec: {
      resourceAttributes: {
        ...access,
        resource: name,
        ...(subresource !== undefined && { subresource }),
      },
    },
  });
  return reviewSchema.parse(answer).status.allowed;
}
