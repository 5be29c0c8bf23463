import { z } from "zod";
import { type Selector, selectorSchema, selects } from "../../../model/reachability";
import type { Stack } from "../../../model/stack";
import { ABSENT, type ClusterApi, FORBIDDEN, unless } from "../../kubernetes/api/cluster-api";
import type { StackObject } from "../../kubernetes/stack-objects";
import type { Obstacle } from "../check";

/** The fields of a Prometheus or Alertmanager that decide which objects of a kind it takes. */
const SELECTORS = {
  ServiceMonitor: ["serviceMonitorSelector", "serviceMonitorNamespaceSelector"],
  Probe: ["probeSelector", "probeNamespaceSelector"],
  PrometheusRule: ["ruleSelector", "ruleNamespaceSelector"],
  AlertmanagerConfig: ["alertmanagerConfigSelector", "alertmanagerConfigNamespaceSelector"],
} as const;
type SelectedKind = keyof typeof SELECTORS;

/** What takes objects, and what kubectl calls all of its kind. */
interface TakerKind {
  readonly name: string;
  readonly plural: string;
}
const PROMETHEUS: TakerKind = { name: "Prometheus", plural: "prometheuses" };
const ALERTMANAGER: TakerKind = { name: "Alertmanager", plural: "alertmanagers" };

const GROUP = "/apis/monitoring.coreos.com/v1";

const selector = selectorSchema.nullish();
const takerSchema = z.object({
  metadata: z.object({ name: z.string(), namespace: z.string() }),
  spec: z.object({
    serviceMonitorSelector: selector,
    serviceMonitorNamespaceSelector: selector,
    probeSelector: selector,
    probeNamespaceSelector: selector,
    ruleSelector: selector,
    ruleNamespaceSelector: selector,
    alertmanagerConfigSelector: selector,
    alertmanagerConfigNamespaceSelector: selector,
  }),
});
const listSchema = z.object({ items: z.array(takerSchema) });
/** What takes objects: a Prometheus or an Alertmanager of the cluster. */
type Taker = z.output<typeof takerSchema>;

/**
 * Do a Prometheus and an Alertmanager of the cluster take what the stack hands over? One that selects
 * by labels which the objects lack passes them over in silence. Who may not see it is not asked.
 */
export async function checkOperatorSelectors(
  api: ClusterApi,
  stack: Stack,
  objects: readonly StackObject[],
): Promise<Obstacle[]> {
  const { mode, operator } = stack.settings.prometheus;
  if (mode === "server" || operator === undefined) return [];
  const [ofPrometheus, ofAlertmanager] = await Promise.all([
    checkPrometheuses(api, operator.namespace, objects),
    checkAlertmanagers(api, objects),
  ]);
  return [...ofPrometheus, ...ofAlertmanager];
}

async function checkPrometheuses(
  api: ClusterApi,
  namespace: string,
  objects: readonly StackObject[],
): Promise<Obstacle[]> {
  const items = await takers(api, `namespaces/${namespace}/${PROMETHEUS.plural}`);
  // Without the kind there is a message about that.
  if (items === undefined) return [];
  if (items.length === 0) {
    return [
      {
        problem: `Namespace ${namespace} has no Prometheus of the operator's.`,
        remedy: `Set whalewatch:prometheus.operator.namespace to one of: kubectl --context ${api.context} get prometheuses --all-namespaces`,
      },
    ];
  }
  return (["ServiceMonitor", "Probe", "PrometheusRule"] as const).flatMap((kind) =>
    passedOver(kind, PROMETHEUS, items, objects, api),
  );
}

/** It may stand in any namespace. */
async function checkAlertmanagers(
  api: ClusterApi,
  objects: readonly StackObject[],
): Promise<Obstacle[]> {
  if (!objects.some(({ kind }) => kind === "AlertmanagerConfig")) return [];
  const items = await takers(api, ALERTMANAGER.plural);
  if (items === undefined) return [];
  if (items.length === 0) {
    return [
      {
        problem: "The cluster has no Alertmanager of the operator's, so nobody would be told.",
        remedy:
          "Have one installed, or take the receivers and deadMansSwitch out of whalewatch:alerts.",
      },
    ];
  }
  return passedOver("AlertmanagerConfig", ALERTMANAGER, items, objects, api);
}

async function takers(api: ClusterApi, path: string): Promise<Taker[] | undefined> {
  const answer = await unless([ABSENT, FORBIDDEN], api.get(`${GROUP}/${path}`), undefined);
  return answer === undefined ? undefined : listSchema.parse(answer).items;
}

/** The obstacle, where some object of the kind is taken by none. */
function passedOver(
  kind: SelectedKind,
  taker: TakerKind,
  items: readonly Taker[],
  objects: readonly StackObject[],
  { context }: ClusterApi,
): Obstacle[] {
  const spaces = new Map(
    objects.flatMap(({ kind, metadata }) =>
      kind === "Namespace" ? [[metadata.name, metadata.labels]] : [],
    ),
  );
  const left = objects.filter(
    (object) =>
      object.kind === kind && !items.some((item) => takes(item, kind, object.metadata, spaces)),
  );
  return left.length === 0 ? [] : [obstacle(kind, taker, items, context)];
}

function takes(
  { metadata, spec }: Taker,
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

function obstacle(
  kind: SelectedKind,
  { name, plural }: TakerKind,
  items: readonly Taker[],
  context: string,
): Obstacle {
  const asks = items.map(
    ({ metadata, spec }) =>
      `${metadata.name} asks for ${SELECTORS[kind].map((field) => `${field} ${shown(spec[field])}`).join(" and ")}`,
  );
  return {
    problem: `No ${name} of the cluster would take the stack's ${kind} objects: ${asks.join("; ")}.`,
    remedy: `Set whalewatch:prometheus.operator.labels to what its selector asks for, or have its owner widen the selectors: kubectl --context ${context} get ${plural} --all-namespaces -o yaml`,
  };
}

const shown = (value: Selector | null | undefined): string => JSON.stringify(value ?? null);
