import type { input } from "@pulumi/kubernetes/types";
import type { AlertmanagerConfig, PrometheusRule, Probe, ServiceMonitor } from "./operator-kinds";
import type * as pulumi from "@pulumi/pulumi";

/**
 * An object of the cluster as data: what the platform registers with Pulumi and `render` writes as
 * YAML. The names of secrets may be Outputs, everything else is plain.
 */
export type KubernetesObject =
  | Kind<"Namespace", "v1", input.core.v1.Namespace>
  | Kind<"ResourceQuota", "v1", input.core.v1.ResourceQuota>
  | Kind<"LimitRange", "v1", input.core.v1.LimitRange>
  | Kind<"ServiceAccount", "v1", input.core.v1.ServiceAccount>
  | Kind<"Role", "rbac.authorization.k8s.io/v1", input.rbac.v1.Role>
  | Kind<"RoleBinding", "rbac.authorization.k8s.io/v1", input.rbac.v1.RoleBinding>
  | Kind<"ClusterRole", "rbac.authorization.k8s.io/v1", input.rbac.v1.ClusterRole>
  | Kind<"ClusterRoleBinding", "rbac.authorization.k8s.io/v1", input.rbac.v1.ClusterRoleBinding>
  | Kind<"ConfigMap", "v1", input.core.v1.ConfigMap>
  | (Omit<Kind<"Secret", "v1", input.core.v1.Secret>, "metadata"> & {
      readonly metadata: Omit<ObjectMeta, "name"> & { readonly name: pulumi.Input<string> };
    })
  | Kind<"Service", "v1", input.core.v1.Service>
  | Kind<"PersistentVolumeClaim", "v1", input.core.v1.PersistentVolumeClaim>
  | Kind<"Deployment", "apps/v1", input.apps.v1.Deployment>
  | Kind<"StatefulSet", "apps/v1", input.apps.v1.StatefulSet>
  | Kind<"DaemonSet", "apps/v1", input.apps.v1.DaemonSet>
  | Kind<"CronJob", "batch/v1", input.batch.v1.CronJob>
  | Kind<"NetworkPolicy", "networking.k8s.io/v1", input.networking.v1.NetworkPolicy>
  | Kind<"PodDisruptionBudget", "policy/v1", input.policy.v1.PodDisruptionBudget>
  | Kind<"HorizontalPodAutoscaler", "autoscaling/v2", input.autoscaling.v2.HorizontalPodAutoscaler>
  | Kind<"Ingress", "networking.k8s.io/v1", input.networking.v1.Ingress>
  | Kind<"HTTPRoute", "gateway.networking.k8s.io/v1", HttpRoute>
  | Kind<"ServiceMonitor", "monitoring.coreos.com/v1", ServiceMonitor>
  | Kind<"Probe", "monitoring.coreos.com/v1", Probe>
  | Kind<"PrometheusRule", "monitoring.coreos.com/v1", PrometheusRule>
  | Kind<"AlertmanagerConfig", "monitoring.coreos.com/v1alpha1", AlertmanagerConfig>;

/** `StatefulSet` becomes `stateful-set`, for the names of resources and files. */
export function kebabKind({ kind }: KubernetesObject): string {
  return kind
    .replace(/([a-z])([A-Z])/g, "$1-$2")
    .replace("HTTPRoute", "http-route")
    .toLowerCase();
}

/** An object under a name that stays the same whatever is in it: identity for Pulumi and for files. */
export interface NamedObject {
  readonly name: string;
  readonly object: KubernetesObject;
}

/** An object whose kind and version are certain, so that it can be told apart and written out. */
type Kind<K extends string, V extends string, T> = Omit<T, "kind" | "apiVersion" | "metadata"> & {
  readonly kind: K;
  readonly apiVersion: V;
  readonly metadata: ObjectMeta;
};

/** What every object here says of itself: fixed names, so that references are plain text. */
export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The part of a Gateway API route that is used; the API is no part of Kubernetes itself. */
export interface HttpRoute {
  readonly spec: {
    readonly parentRefs: readonly {
      readonly name: string;
      readonly namespace: string;
      /** One listener of it; absent: all. */
      readonly sectionName?: string;
    }[];
    readonly hostnames: readonly string[];
    readonly rules: readonly {
      readonly backendRefs: readonly { readonly name: string; readonly port: number }[];
    }[];
  };
}
