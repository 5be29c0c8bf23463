import type { KubernetesObject } from "../../../components/platform/kubernetes/kubernetes-object";

/** Where objects of a kind are in the API. */
export interface KindAddress {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly plural: string;
}

/** The kinds that a stack is made of. */
export type StackKind = KubernetesObject["kind"];

const RBAC = "rbac.authorization.k8s.io";

/** The address of each kind that a stack is made of. */
export const KINDS: Readonly<Record<StackKind, KindAddress>> = {
  Namespace: { group: "", version: "v1", plural: "namespaces" },
  ResourceQuota: { group: "", version: "v1", plural: "resourcequotas" },
  LimitRange: { group: "", version: "v1", plural: "limitranges" },
  ServiceAccount: { group: "", version: "v1", plural: "serviceaccounts" },
  Role: { group: RBAC, version: "v1", plural: "roles" },
  RoleBinding: { group: RBAC, version: "v1", plural: "rolebindings" },
  ClusterRole: { group: RBAC, version: "v1", plural: "clusterroles" },
  ClusterRoleBinding: { group: RBAC, version: "v1", plural: "clusterrolebindings" },
  ConfigMap: { group: "", version: "v1", plural: "configmaps" },
  Secret: { group: "", version: "v1", plural: "secrets" },
  Service: { group: "", version: "v1", plural: "services" },
  PersistentVolumeClaim: { group: "", version: "v1", plural: "persistentvolumeclaims" },
  Deployment: { group: "apps", version: "v1", plural: "deployments" },
  StatefulSet: { group: "apps", version: "v1", plural: "statefulsets" },
  DaemonSet: { group: "apps", version: "v1", plural: "daemonsets" },
  CronJob: { group: "batch", version: "v1", plural: "cronjobs" },
  NetworkPolicy: { group: "networking.k8s.io", version: "v1", plural: "networkpolicies" },
  PodDisruptionBudget: { group: "policy", version: "v1", plural: "poddisruptionbudgets" },
  HorizontalPodAutoscaler: {
    group: "autoscaling",
    version: "v2",
    plural: "horizontalpodautoscalers",
  },
  Ingress: { group: "networking.k8s.io", version: "v1", plural: "ingresses" },
  HTTPRoute: { group: "gateway.networking.k8s.io", version: "v1", plural: "httproutes" },
  ServiceMonitor: { group: "monitoring.coreos.com", version: "v1", plural: "servicemonitors" },
  Probe: { group: "monitoring.coreos.com", version: "v1", plural: "probes" },
  PrometheusRule: { group: "monitoring.coreos.com", version: "v1", plural: "prometheusrules" },
  AlertmanagerConfig: {
    group: "monitoring.coreos.com",
    version: "v1alpha1",
    plural: "alertmanagerconfigs",
  },
};

/** Whether a text names one of these kinds. */
export function isStackKind(text: string): text is StackKind {
  return Object.hasOwn(KINDS, text);
}

/** Kinds whose objects live in no namespace. */
export const CLUSTER_WIDE: readonly StackKind[] = [
  "Namespace",
  "ClusterRole",
  "ClusterRoleBinding",
];

/** The path of all objects of a kind, in a namespace or of a kind that lives in none. */
export function kindPath(kind: StackKind, namespace?: string): string {
  const { group, version, plural } = KINDS[kind];
  const root = group === "" ? `/api/${version}` : `/apis/${group}/${version}`;
  return namespace === undefined
    ? `${root}/${plural}`
    : `${root}/namespaces/${namespace}/${plural}`;
}

/** The path of a namespace itself. */
export function namespacePath(namespace: string): string {
  return `/api/v1/namespaces/${namespace}`;
}

/** A path with a query. */
export function withQuery(path: string, query: Readonly<Record<string, string>>): string {
  return `${path}?${new URLSearchParams(query).toString()}`;
}
