import { z } from "zod";
import { namespaceName, TIERS } from "../../components/platform/kubernetes/naming";
import { provisionFiles } from "../../configs/provision";
import type { Stack } from "../../model/stack";
import type { StackIdentity } from "../../model/stack-identity";
import { clusterObjects } from "../render/cluster-objects";
import { CONTROLLERS, controllerSpec } from "../render/controllers";
import { plainValue, type PlainValue } from "../render/plain-value";
import { isStackKind } from "./api/kinds";

const resources = z.object({ memory: z.string(), cpu: z.string() });
const podSpec = z.object({
  containers: z.array(
    z.object({
      name: z.string(),
      image: z.string(),
      resources: z.object({ requests: resources, limits: resources }),
    }),
  ),
  volumes: z
    .array(
      z.object({
        name: z.string(),
        persistentVolumeClaim: z.object({ claimName: z.string() }).optional(),
      }),
    )
    .default([]),
});
const claim = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({ resources: z.object({ requests: z.object({ storage: z.string() }) }) }),
});
const standingClaim = claim.extend({
  kind: z.literal("PersistentVolumeClaim"),
  metadata: z.object({ name: z.string(), namespace: z.string() }),
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
  spec: controllerSpec(
    z.object({
      replicas: z.number().optional(),
      template: z.object({ spec: podSpec }),
      volumeClaimTemplates: z.array(claim).default([]),
    }),
  ),
});

/** An object of a stack as far as every kind has it. */
export type StackObject = z.output<typeof objectSchema>;
/** What runs pods in a stack. */
export type StackController = z.output<typeof controllerSchema>;

/** What a stack asks of a cluster. */
export interface StackObjects {
  /** Each object, Secrets too. */
  readonly objects: readonly StackObject[];
  readonly controllers: readonly StackController[];
  /** The namespaces that it creates. */
  readonly namespaces: readonly string[];
}

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
        ? [readController(object, plain)]
        : [];
    }),
    namespaces: parsed.flatMap(({ kind, metadata }) =>
      kind === "Namespace" ? [metadata.name] : [],
    ),
  };
}

/** A controller with the claims of its pods, those that stand apart too. */
function readController(object: PlainValue, all: readonly PlainValue[]): StackController {
  const controller = controllerSchema.parse(object);
  const mounted = controller.spec.template.spec.volumes.flatMap(
    ({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? [],
  );
  if (mounted.length === 0) return controller;
  const claims = all
    .flatMap((other) => standingClaim.safeParse(other).data ?? [])
    .filter(
      ({ metadata }) =>
        metadata.namespace === controller.metadata.namespace && mounted.includes(metadata.name),
    );
  const spec = { ...controller.spec, volumeClaimTemplates: claims };
  return { ...controller, spec };
}

/** Every namespace that a stack may have had, whatever its settings were then. */
export function stackNamespaces(stack: StackIdentity): string[] {
  return TIERS.map((tier) => namespaceName(stack, tier));
}
