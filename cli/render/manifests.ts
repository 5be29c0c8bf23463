import { stringify } from "yaml";
import {
  kebabKind,
  type KubernetesObject,
} from "../../components/platform/kubernetes/kubernetes-object";
import { plainValue } from "./plain-value";

/** A file of a render, by its path below the folder. */
export interface RenderedFile {
  readonly path: string;
  readonly text: string;
}

/** Folder of the manifests, apart from what `kubectl apply -f` would take for one. */
export const MANIFESTS_FOLDER = "manifests";

/** What needs nothing comes first; network policies stand before the first pod starts. */
const ORDER: Readonly<Record<KubernetesObject["kind"], number>> = {
  Namespace: 0,
  NetworkPolicy: 10,
  ResourceQuota: 11,
  LimitRange: 12,
  ClusterRole: 13,
  Role: 14,
  ServiceAccount: 20,
  ConfigMap: 21,
  Secret: 22,
  Service: 23,
  ClusterRoleBinding: 24,
  RoleBinding: 25,
  PersistentVolumeClaim: 26,
  StatefulSet: 30,
  DaemonSet: 31,
  Deployment: 32,
  CronJob: 33,
  PodDisruptionBudget: 40,
  HorizontalPodAutoscaler: 41,
  Ingress: 42,
  HTTPRoute: 43,
  ServiceMonitor: 50,
  Probe: 51,
  PrometheusRule: 52,
  AlertmanagerConfig: 53,
};

/** A file for each object, in an order in which they can be applied. */
export function manifests(objects: readonly KubernetesObject[]): RenderedFile[] {
  return objects
    .map((object) => ({
      path: `${MANIFESTS_FOLDER}/${fileName(object)}`,
      text: yamlForKubectl(plainValue(object, `${object.kind} ${nameOf(object)}`)),
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** `00-namespace-whalewatch-prod-stores.yaml`, `30-whalewatch-prod-stores-stateful-set-redis.yaml`. */
function fileName(object: KubernetesObject): string {
  const { namespace } = object.metadata;
  const order = String(ORDER[object.kind]).padStart(2, "0");
  const within = namespace === undefined ? [] : [namespace];
  return `${[order, ...within, kebabKind(object), nameOf(object)].join("-")}.yaml`;
}

/**
 * The object's name as text.
 * @throws TypeError for a Secret, whose name tells its content and whose content is no text to write.
 */
function nameOf(object: KubernetesObject): string {
  if (object.kind !== "Secret") return object.metadata.name;
  throw new TypeError("A Secret must never be rendered: pods refer to it by name.");
}

/**
 * kubectl reads YAML 1.1, where an unquoted `on` or `y` is a truth value and `010` is eight; texts
 * of many lines stay as they are.
 */
function yamlForKubectl(value: unknown): string {
  return stringify(value, {
    version: "1.1",
    aliasDuplicateObjects: false,
    blockQuote: "literal",
    lineWidth: 0,
  });
}
