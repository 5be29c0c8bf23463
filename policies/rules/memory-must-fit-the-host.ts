import { containersOf } from "../containers/containers-of";
import { attempt, fieldsOf, type PolicyResource, type StackPolicy } from "../policy";

const AUTOSCALER = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler";

/** A sum over the host is an outage that waits for a busy day. */
export const memoryMustFitTheHost: StackPolicy = {
  name: "memory-must-fit-the-host",
  description: "All memory limits together, of every replica, fit in host.memory.",
  remedy: "Lower limits or replicas, or state a larger host.memory if there is one.",
  level: "mandatory",
  scope: "stack",
  check: (resources, { stack }, report) => {
    const most = mostReplicas(resources);
    let sum = 0;
    for (const resource of resources) {
      attempt(report, () => {
        for (const container of containersOf(resource)) {
          if (!container.runs) continue;
          const name = fieldsOf(resource).at("metadata", "name").text;
          const replicas = container.replicas ?? most.get(name ?? "") ?? 1;
          sum += (container.memoryMiB ?? 0) * replicas;
        }
      });
    }
    const host = stack.settings.host.memory.mebibytes;
    if (sum > host) report(`Memory limits of ${sum} MiB together on a host of ${host} MiB.`);
  },
};

/** By the name of what is scaled. */
function mostReplicas(resources: readonly PolicyResource[]): Map<string, number> {
  const scaled = resources
    .filter(({ type }) => type === AUTOSCALER)
    .map((autoscaler) => {
      const spec = fieldsOf(autoscaler).at("spec");
      return [
        spec.at("scaleTargetRef", "name").text ?? "",
        spec.at("maxReplicas").amount ?? 1,
      ] as const;
    });
  return new Map(scaled);
}
