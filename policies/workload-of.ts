import { WORKLOAD_LABEL } from "../model/engine-labels";
import type { Workload } from "../model/workload";
import { findWorkload, type Stack } from "../model/stack";
import { fieldsOf, type PolicyResource } from "./policy";

const KUBERNETES_LABEL = "app.kubernetes.io/name";

/** The name of the workload that a resource belongs to, by its labels; undefined for what has none. */
export function workloadNameOf(resource: PolicyResource): string | undefined {
  const fields = fieldsOf(resource);
  const labels = fields.at("labels");
  const onDocker = labels.isUnknown
    ? undefined
    : labels.list.find((label) => label.at("label").text === WORKLOAD_LABEL);
  const onKubernetes = fields.at("metadata", "labels", KUBERNETES_LABEL);
  return onDocker?.at("value").text ?? (onKubernetes.isUnknown ? undefined : onKubernetes.text);
}

/** The workload that a resource belongs to, as the settings declare it. */
export function workloadOf(resource: PolicyResource, stack: Stack): Workload | undefined {
  const name = workloadNameOf(resource);
  return name === undefined ? undefined : findWorkload(stack, name);
}
