import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { StackIdentity } from "../../model/stack-identity";
import type { Say } from "../platforms/platform-access";
import { UserError } from "../user-error";
import { ABSENT, type ClusterApi, FORBIDDEN, unless } from "./api/cluster-api";
import { namespacePath } from "./api/kinds";
import { stackNamespaces } from "./stack-objects";

const GONE_WITHIN_MS = 120_000;
const LOOK_EVERY_MS = 1000;

const namespaceSchema = z.object({
  metadata: z.object({ labels: z.record(z.string(), z.string()).default({}) }),
});
const claimsSchema = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      spec: z.object({
        resources: z.object({ requests: z.object({ storage: z.string() }) }),
      }),
    }),
  ),
});
const volumesSchema = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      spec: z.object({
        persistentVolumeReclaimPolicy: z.string().optional(),
        claimRef: z.object({ namespace: z.string().optional() }).optional(),
      }),
    }),
  ),
});

/** A namespace that outlived its stack, with the claims in it. */
export interface KeptNamespace {
  readonly name: string;
  /** Each with its size. */
  readonly claims: readonly string[];
}

/** The stack's namespaces that are there, those of nobody else. */
export async function keptNamespaces(
  api: ClusterApi,
  stack: StackIdentity,
): Promise<KeptNamespace[]> {
  const found = await Promise.all(
    stackNamespaces(stack).map(async (name): Promise<KeptNamespace[]> => {
      const space = await unless([ABSENT], api.get(namespacePath(name)), undefined);
      if (space === undefined) return [];
      const { labels } = namespaceSchema.parse(space).metadata;
      if (labels["app.kubernetes.io/managed-by"] !== "whalewatch") return [];
      const claims = claimsSchema.parse(
        await api.get(`${namespacePath(name)}/persistentvolumeclaims`),
      );
      return [
        {
          name,
          claims: claims.items.map(
            ({ metadata, spec }) => `${metadata.name} (${spec.resources.requests.storage})`,
          ),
        },
      ];
    }),
  );
  return found.flat();
}

/** A kept namespace in words. */
export function describeKept({ name, claims }: KeptNamespace): string {
  return claims.length === 0
    ? `namespace ${name}`
    : `namespace ${name} with the ${claims.length === 1 ? "claim" : "claims"} ${claims.join(", ")}`;
}

/**
 * Deletes the stack's namespaces and with them every claim, and waits until they are gone: until
 * then no new stack could take their place.
 * @throws UserError when one is still there after two minutes.
 */
export async function deleteNamespaces(
  api: ClusterApi,
  stack: StackIdentity,
  say: Say,
): Promise<void> {
  const kept = await keptNamespaces(api, stack);
  const volumes = await retainedVolumes(
    api,
    kept.map(({ name }) => name),
  );
  for (const { name } of kept) await unless([ABSENT], api.remove(namespacePath(name)), undefined);
  const deadline = Date.now() + GONE_WITHIN_MS;
  for (const namespace of kept) {
    while (
      (await unless([ABSENT], api.get(namespacePath(namespace.name)), undefined)) !== undefined
    ) {
      if (Date.now() > deadline) {
        throw new UserError(
          `Namespace ${namespace.name} is still being deleted after ${GONE_WITHIN_MS / 1000} s. What holds it says: kubectl --context ${api.context} get namespace ${namespace.name} -o yaml`,
        );
      }
      await sleep(LOOK_EVERY_MS);
    }
    say(`Deleted ${describeKept(namespace)}.`);
  }
  if (volumes.length > 0) {
    say(
      `Their class keeps the volumes ${volumes.join(", ")}; to delete them too: kubectl --context ${api.context} delete persistentvolume ${volumes.join(" ")}`,
    );
  }
}

/** Volumes that outlive their claims because their class says so. */
async function retainedVolumes(api: ClusterApi, namespaces: readonly string[]): Promise<string[]> {
  const answer = await unless([FORBIDDEN], api.get("/api/v1/persistentvolumes"), { items: [] });
  return volumesSchema
    .parse(answer)
    .items.filter(
      ({ spec }) =>
        spec.persistentVolumeReclaimPolicy === "Retain" &&
        namespaces.includes(spec.claimRef?.namespace ?? ""),
    )
    .map(({ metadata }) => metadata.name);
}
