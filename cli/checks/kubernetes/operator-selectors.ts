import { z } from "zod";
import { type Selector, selectorSchema, selects } from "../../../model/reachability";
import type { Stack } from "../../../model/stack";
import { ABSENT, type ClusterApi, FORBIDDEN, unless } from "../../kubernetes/api/cluster-api";
import type { StackObject } from "../../kubernetes/stack-objects";
import type { Obstacle } from "../check";

/** The fields of a Prometheus object that decide which objects of a kind it takes. */
const SELECTORS = {
  ServiceMonitor: ["serviceMonitorSelector", "serviceMonitorNamespaceSelector"],
  Probe: ["probeSelector", "probeNamespaceSelector"],
  PrometheusRule: ["ruleSelector", "ruleNamespaceSelector"],
} as const;
type SelectedKind = keyof typeof SELECTORS;

const selector = selectorSchema.nullish();
const prometheusSchema = z.object({
  metadata: z.object({ name: z.string(), namespace: z.string() }),
  spec: z.object({
    serviceMonitorSelector: selector,
    serviceMonitorNamespaceSelector: selector,
    probeSelector: selector,
    probeNamespaceSelector: selector,
    ruleSelector: selector,
    ruleNamespaceSelector: selector,
  }),
});
const listSchema = z.object({ items: z.array(prometheusSchema) });
type Prometheus = z.output<typeof prometheusSchema>;

/**
 * Does a Prometheus of the cluster take what the stack hands over? One that selects by labels which
 * the objects lack passes them over in silence. Who may not see it is not asked about it.
 */
export async function checkOperatorSelectors(
  api: ClusterApi,
  stack: Stack,
  objects: readonly StackObject[],
): Promise<Obstacle[]> {
  const { mode, operator } = stack.settings.prometheus;
  if (mode === "server" || operator === undefined) return [];
  const { namespace } = operator;
  const path = `/apis/monitoring.coreos.com/v1/namespaces/${namespace}/prometheuses`;
  const answer = await unless([ABSENT, FORBIDDEN], api.get(path), undefined);
  // Without the kind there is a message about that.
  if (answer === undefined) return [];
  const { items } = listSchema.parse(answer);
  if (items.length === 0) {
    return [
      {
        problem: `Namespace ${namespace} has no Prometheus of the operator's.`,
        remedy: `Set whalewatch:prometheus.operator.namespace to one of: kubectl --context ${api.context} get prometheuses --all-namespaces`,
      },
    ];
  }
  const spaces = new Map(
    objects.flatMap(({ kind, metadata }) =>
      kind === "Namespace" ? [[metadata.name, metadata.labels]] : [],
    ),
  );
  return (["ServiceMonitor", "Probe", "PrometheusRule"] as const).flatMap((kind) => {
    const passedOver = objects.filter(
      (object) =>
        object.kind === kind && !items.some((item) => takes(item, kind, object.metadata, spaces)),
    );
    return passedOver.length === 0 ? [] : [obstacle(kind, items, api.context)];
  });
}

function takes(
  { metadata, spec }: Prometheus,
  kind: SelectedKind,
  { namespace = "", labels }: StackObject["metadata"],
  spaces: ReadonlyMap<string, Readonly<Record<string, string>>>,
): boolean {
  const [ofObjects, ofNamespaces] = SELECTORS[kind];
  const objects = spec[ofObjects];
  const namespaces = spec[ofNamespaces];
  // As the operator reads them: no selector takes nothing, and none of namespaces only its own.
  if (!objects || !selects(objects, labels)) return false;
  if (!namespaces) return namespace === metadata.namespace;
  return selects(namespaces, {
    ...spaces.get(namespace),
    "kubernetes.io/metadata.name": namespace,
  });
}

function obstacle(kind: SelectedKind, items: readonly Prometheus[], context: string): Obstacle {
  const asks = items.map(
    ({ metadata, spec }) =>
      `${metadata.name} asks for ${SELECTORS[kind].map((field) => `${field} ${shown(spec[field])}`).join(" and ")}`,
  );
  return {
    problem: `No Prometheus of the cluster would take the stack's ${kind} objects: ${asks.join("; ")}.`,
    remedy: `Set whalewatch:prometheus.operator.labels to what its selector asks for, or have its owner widen the selectors: kubectl --context ${context} get prometheuses --all-namespaces -o yaml`,
  };
}

const shown = (value: Selector | null | undefined): string => JSON.stringify(value ?? null);
