import { z } from "zod";
import { namespaceName, TIERS } from "../../components/platform/kubernetes/naming";
import { provisionFiles } from "../../configs/provision";
import type { Stack } from "../../model/stack";
import type { StackIdentity } from "../../model/stack-identity";
import { clusterObjects } from "../render/cluster-objects";
import { plainValue } from "../render/plain-value";
import { isStackKind, type StackKind } from "./api/kinds";

const resources = z.object({ memory: z.string(), cpu: z.string() });
const podSpec = z.object({
  containers: z.array(
    z.object({
      name: z.string(),
      image: z.string(),
      resources: z.object({ requests: resources, limits: resources }),
    }),
  ),
  volumes: z.array(z.object({ name: z.string() })).default([]),
});
const claim = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({ resources: z.object({ requests: z.object({ storage: z.string() }) }) }),
});
const labels = z.record(z.string(), z.string()).default({});
const texts = z.array(z.string());
const objectSchema = z.object({
  kind: z.string().refine(isStackKind),
  metadata: z.object({ name: z.string(), namespace: z.string().optional(), labels }),
  /** Of a role: what it grants. */
  rules: z.array(z.object({ apiGroups: texts, resources: texts, verbs: texts })).optional(),
});
const controllerSchema = objectSchema.extend({
  metadata: z.object({ name: z.string(), namespace: z.string(), labels }),
  spec: z.object({
    replicas: z.number().optional(),
    template: z.object({ spec: podSpec }),
    volumeClaimTemplates: z.array(claim).default([]),
  }),
});

/** An object of a stack as far as every kind has it. */
export type StackObject = z.output<typeof objectSchema>;
/** A Deployment, StatefulSet or DaemonSet of a stack. */
export type StackController = z.output<typeof controllerSchema>;

/** What a stack asks of a cluster. */
export interface StackObjects {
  /** Each object, Secrets too. */
  readonly objects: readonly StackObject[];
  readonly controllers: readonly StackController[];
  /** The namespaces that it creates. */
  readonly namespaces: readonly string[];
}

const CONTROLLERS: readonly StackKind[] = ["Deployment", "StatefulSet", "DaemonSet"];

/** The very objects that an update would create, with what the checks look at. */
export function stackObjects(stack: Stack): StackObjects {
  const { objects, secrets } = clusterObjects(stack, provisionFiles(stack));
  const plain = objects.map((object) => plainValue(object));
  const parsed = plain.map((object) => objectSchema.parse(object));
  return {
    objects: [
      ...parsed,
      ...secrets.map(({ name, namespace }) => ({
        kind: "Secret" as const,
        metadata: { name, namespace, labels: {} },
      })),
    ],
    controllers: plain.flatMap((object, index) => {
      const kind = parsed[index]?.kind;
      return kind !== undefined && CONTROLLERS.includes(kind)
        ? [controllerSchema.parse(object)]
        : [];
    }),
    namespaces: parsed.flatMap(({ kind, metadata }) =>
      kind === "Namespace" ? [metadata.name] : [],
    ),
  };
}

/** Every namespace that a stack may have had, whatever its settings were then. */
export function stackNamespaces(stack: StackIdentity): string[] {
  return TIERS.map((tier) => namespaceName(stack, tier));
}
