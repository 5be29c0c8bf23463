import { z } from "zod";
import type { StackIdentity } from "../../model/stack-identity";
import type { Say } from "../platforms/platform-access";
import type { StackState, StateResource } from "../pulumi/stack-state";
import { UserError } from "../user-error";
import { ABSENT, type ClusterApi, FORBIDDEN, unless } from "./api/cluster-api";
import {
  CLUSTER_WIDE,
  isStackKind,
  KINDS,
  kindPath,
  namespacePath,
  type StackKind,
  withQuery,
} from "./api/kinds";
import { stackNamespaces } from "./stack-objects";

const OURS = "app.kubernetes.io/managed-by=whalewatch";
/** The name by which the provider's writes are known to the API server. */
const PULUMI = /^pulumi-/;

const metadata = z.object({
  name: z.string(),
  namespace: z.string().optional(),
  deletionTimestamp: z.string().optional(),
  labels: z.record(z.string(), z.string()).default({}),
  managedFields: z.array(z.object({ manager: z.string().default("") })).default([]),
});
const objectSchema = z.object({ metadata });
const listSchema = z.object({ items: z.array(objectSchema) });

/** What the state knows, as far as objects are told apart by it. */
interface KnownObjects {
  readonly resources: readonly Pick<StateResource, "type" | "id">[];
}

interface Found {
  readonly kind: StackKind;
  /** As Pulumi has it in the state. */
  readonly id: string;
  readonly path: string;
  readonly byPulumi: boolean;
}

/**
 * Removes objects that carry the stack's labels and are not in the state, as far as Pulumi made them.
 * No kind among them has data: claims, volumes and the namespaces that hold them are never removed.
 * @throws UserError when the state knows nothing at all of a cluster where the stack lives: then
 * another state does.
 */
export async function clearClusterLeftovers(
  api: ClusterApi,
  stack: StackIdentity,
  state: Pick<StackState, "resources">,
  say: Say,
): Promise<void> {
  const knowsCluster = state.resources.some(({ type }) => type.endsWith(":kubernetes"));
  const unknown = await unknownObjects(api, stack, state);
  const removable = unknown.filter(({ kind }) => kind !== "Namespace");
  if (removable.length > 0 && !knowsCluster) throw otherState(api, stack, removable);
  for (const { kind, id, path, byPulumi } of unknown) {
    if (kind === "Namespace") {
      say(
        `Namespace ${id} carries the stack's labels and is not in the state. It may hold data, so it stays, and an update that wants to create it fails. Bring back the state that made it, or if nothing in it is needed: kubectl --context ${api.context} delete namespace ${id}`,
      );
    } else if (byPulumi) {
      say(`Removing ${kind} ${id}, which an interrupted update left behind.`);
      await unless([ABSENT], api.remove(path), undefined);
    } else {
      say(
        `${kind} ${id} carries the stack's labels and is not in the state, and was not made by Pulumi, so it stays. If nothing else deploys it: kubectl --context ${api.context} delete ${KINDS[kind].plural} ${id.split("/").reverse().join(" --namespace ")}`,
      );
    }
  }
}

/** The objects that carry the stack's labels and are not in the state, each in words. */
export async function clusterLeftovers(
  api: ClusterApi,
  stack: StackIdentity,
  state: KnownObjects,
): Promise<string[]> {
  return (await unknownObjects(api, stack, state)).map(({ kind, id }) => `${kind} ${id}`);
}

async function unknownObjects(
  api: ClusterApi,
  stack: StackIdentity,
  { resources }: KnownObjects,
): Promise<Found[]> {
  const known = new Set(
    resources.flatMap(({ type, id }) => {
      const kind = type.split(":").at(-1) ?? "";
      return type.startsWith("kubernetes:") && isStackKind(kind) ? [`${kind} ${id}`] : [];
    }),
  );
  const objects = await labelledObjects(api, stack);
  return objects.filter(({ kind, id }) => !known.has(`${kind} ${id}`));
}

function otherState(api: ClusterApi, { name }: StackIdentity, found: readonly Found[]): UserError {
  return new UserError(
    `The cluster of the context ${api.context} has ${found.length} objects of ${name}, and this Pulumi state knows nothing of them; the first is ${found[0]?.kind ?? ""} ${found[0]?.id ?? ""}. Somebody deploys ${name} with another state, or with rendered manifests. Use that state (pulumi login, PULUMI_BACKEND_URL), or give this stack another name. Nothing was changed.`,
  );
}

/** The stack's namespaces, everything in them that carries its labels, and its roles in no namespace. */
async function labelledObjects(api: ClusterApi, stack: StackIdentity): Promise<Found[]> {
  const found = await Promise.all(
    stackNamespaces(stack).map(async (namespace) => {
      const path = namespacePath(namespace);
      const answer = await unless([ABSENT, FORBIDDEN], api.get(path), undefined);
      if (answer === undefined) return [];
      const space = objectSchema.parse(answer).metadata;
      // What is being deleted takes everything in it along.
      if (space.deletionTimestamp !== undefined) return [];
      const inside = await Promise.all(
        namespacedKinds().map((kind) => labelledOf(api, kind, OURS, namespace)),
      );
      const own =
        space.labels["app.kubernetes.io/managed-by"] === "whalewatch"
          ? [{ kind: "Namespace" as const, id: namespace, path, byPulumi: isPulumis(space) }]
          : [];
      return [...own, ...inside.flat()];
    }),
  );
  const instance = `app.kubernetes.io/instance=${stack.project}-${stack.name}`;
  const clusterWide = await Promise.all(
    CLUSTER_WIDE.filter((kind) => kind !== "Namespace").map((kind) =>
      labelledOf(api, kind, `${OURS},${instance}`),
    ),
  );
  return [...found, ...clusterWide].flat();
}

const namespacedKinds = (): StackKind[] =>
  Object.keys(KINDS)
    .filter(isStackKind)
    .filter((kind) => !CLUSTER_WIDE.includes(kind) && kind !== "PersistentVolumeClaim");

async function labelledOf(
  api: ClusterApi,
  kind: StackKind,
  labelSelector: string,
  namespace?: string,
): Promise<Found[]> {
  const path = kindPath(kind, namespace);
  const query = withQuery(path, { labelSelector });
  // A kind that the cluster does not know, such as HTTPRoute, has no objects.
  const answer = await unless([ABSENT, FORBIDDEN], api.get(query), { items: [] });
  return listSchema
    .parse(answer)
    .items.filter((object) => object.metadata.deletionTimestamp === undefined)
    .map((object) => ({
      kind,
      id: [...(namespace === undefined ? [] : [namespace]), object.metadata.name].join("/"),
      path: `${path}/${object.metadata.name}`,
      byPulumi: isPulumis(object.metadata),
    }));
}

const isPulumis = ({ managedFields }: z.output<typeof metadata>): boolean =>
  managedFields.some(({ manager }) => PULUMI.test(manager));
