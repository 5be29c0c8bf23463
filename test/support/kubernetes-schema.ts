import * as client from "@kubernetes/client-node";
import { z } from "zod";
import { entriesOf } from "./cluster";
import { OPERATOR_KINDS } from "./operator-schema";

/** A class of the generated client: its fields, as Kubernetes' OpenAPI document has them. */
const model = z.custom<{ getAttributeTypeMap(): unknown }>(
  (value) => typeof value === "function" && "getAttributeTypeMap" in value,
);
const attributes = z.array(z.object({ baseName: z.string(), type: z.string() }));
const classes: ReadonlyMap<string, unknown> = new Map(Object.entries(client));

/** The client's class of each kind; what is no part of Kubernetes has none. */
const CLASSES: Readonly<Record<string, string>> = {
  Namespace: "V1Namespace",
  ResourceQuota: "V1ResourceQuota",
  LimitRange: "V1LimitRange",
  ServiceAccount: "V1ServiceAccount",
  Role: "V1Role",
  RoleBinding: "V1RoleBinding",
  ClusterRole: "V1ClusterRole",
  ClusterRoleBinding: "V1ClusterRoleBinding",
  ConfigMap: "V1ConfigMap",
  Service: "V1Service",
  Deployment: "V1Deployment",
  StatefulSet: "V1StatefulSet",
  DaemonSet: "V1DaemonSet",
  CronJob: "V1CronJob",
  PersistentVolumeClaim: "V1PersistentVolumeClaim",
  NetworkPolicy: "V1NetworkPolicy",
  PodDisruptionBudget: "V1PodDisruptionBudget",
  HorizontalPodAutoscaler: "V2HorizontalPodAutoscaler",
  Ingress: "V1Ingress",
};

/** Fields of an object that Kubernetes does not have, or that hold another type than it takes. */
export function structureFaults(kind: string, object: unknown): string[] {
  if (kind === "HTTPRoute") return [];
  const documented = OPERATOR_KINDS.get(kind);
  if (documented) {
    return (documented.safeParse(object).error?.issues ?? []).map(
      ({ path, message }) => `${path.join(".")}: ${message}`,
    );
  }
  const type = CLASSES[kind];
  return type === undefined ? [`${kind}: unknown kind`] : faultsOf(object, type, "");
}

function faultsOf(value: unknown, type: string, path: string): string[] {
  const wrong = [`${path}: found ${JSON.stringify(value)}; allowed: ${type}`];
  const list = /^Array<(.+)>$/.exec(type)?.[1];
  if (list !== undefined) {
    if (!Array.isArray(value)) return wrong;
    return value.flatMap((entry, index) => faultsOf(entry, list, `${path}[${index}]`));
  }
  const mapped = /^\{ \[key: string\]: (.+); \}$/.exec(type)?.[1];
  if (mapped !== undefined) {
    if (!isMapping(value)) return wrong;
    return entriesOf(value).flatMap(([key, entry]) => faultsOf(entry, mapped, `${path}.${key}`));
  }
  switch (type) {
    case "string":
    case "number":
    case "boolean":
      return typeof value === type ? [] : wrong;
    case "IntOrString":
      return typeof value === "string" || typeof value === "number" ? [] : wrong;
    default:
      return isMapping(value) ? fieldFaults(value, type, path) : wrong;
  }
}

function fieldFaults(value: object, type: string, path: string): string[] {
  const found = model.safeParse(classes.get(type));
  if (!found.success) return [`${path}: the client has no class ${type}`];
  const fields = new Map(
    attributes
      .parse(found.data.getAttributeTypeMap())
      .map(({ baseName, type: own }) => [baseName, own]),
  );
  return entriesOf(value).flatMap(([key, entry]) => {
    const inside = path === "" ? key : `${path}.${key}`;
    const own = fields.get(key);
    return own === undefined
      ? [`${inside}: no such field of ${type}`]
      : faultsOf(entry, own, inside);
  });
}

const isMapping = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);
