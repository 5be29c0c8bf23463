import type { PolicyResource } from "../policy";
import type { ContainerView } from "./container-view";
import { dockerContainers } from "./docker-container";
import { kubernetesContainers } from "./kubernetes-container";

/** The containers that a resource makes; none for most resources. */
export function containersOf(resource: PolicyResource): ContainerView[] {
  return [...dockerContainers(resource), ...kubernetesContainers(resource)];
}
