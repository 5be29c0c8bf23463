import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import { DaemonSet, Deployment, StatefulSet } from "@pulumi/kubernetes/apps/v1";
import { HorizontalPodAutoscaler } from "@pulumi/kubernetes/autoscaling/v2";
import { CronJob } from "@pulumi/kubernetes/batch/v1";
import {
  ConfigMap,
  LimitRange,
  Namespace,
  PersistentVolumeClaim,
  ResourceQuota,
  Secret,
  Service,
  ServiceAccount,
} from "@pulumi/kubernetes/core/v1";
import { Ingress, NetworkPolicy } from "@pulumi/kubernetes/networking/v1";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1";
import { ClusterRole, ClusterRoleBinding, Role, RoleBinding } from "@pulumi/kubernetes/rbac/v1";
import type * as pulumi from "@pulumi/pulumi";
import type { KubernetesObject } from "./kubernetes-object";

/** Registers an object with Pulumi under a resource name of its own. */
export function register(
  name: string,
  object: KubernetesObject,
  opts: pulumi.CustomResourceOptions,
): pulumi.CustomResource {
  switch (object.kind) {
    case "Namespace":
      return new Namespace(name, object, opts);
    case "ResourceQuota":
      return new ResourceQuota(name, object, opts);
    case "LimitRange":
      return new LimitRange(name, object, opts);
    case "ServiceAccount":
      return new ServiceAccount(name, object, opts);
    case "Role":
      return new Role(name, object, opts);
    case "RoleBinding":
      return new RoleBinding(name, object, opts);
    case "ClusterRole":
      return new ClusterRole(name, object, opts);
    case "ClusterRoleBinding":
      return new ClusterRoleBinding(name, object, opts);
    case "ConfigMap":
      return new ConfigMap(name, object, opts);
    case "Secret":
      return new Secret(name, object, opts);
    case "Service":
      return new Service(name, object, opts);
    case "PersistentVolumeClaim":
      return new PersistentVolumeClaim(name, object, opts);
    case "Deployment":
      return new Deployment(name, object, opts);
    case "StatefulSet":
      return new StatefulSet(name, object, opts);
    case "DaemonSet":
      return new DaemonSet(name, object, opts);
    case "CronJob":
      return new CronJob(name, object, opts);
    case "NetworkPolicy":
      return new NetworkPolicy(name, object, opts);
    case "PodDisruptionBudget":
      return new PodDisruptionBudget(name, object, opts);
    case "HorizontalPodAutoscaler":
      return new HorizontalPodAutoscaler(name, object, opts);
    case "Ingress":
      return new Ingress(name, object, opts);
    case "HTTPRoute":
    case "ServiceMonitor":
    case "Probe":
    case "PrometheusRule":
    case "AlertmanagerConfig":
      return new CustomResource(name, object, opts);
  }
}
