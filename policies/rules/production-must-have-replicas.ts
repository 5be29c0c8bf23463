import { containersOf } from "../containers/containers-of";
import { attempt, fieldsOf, type PolicyResource, type StackPolicy } from "../policy";
import { workloadNameOf } from "../workload-of";

const AUTOSCALER = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler";
const LEAST_REPLICAS = 2;

/** One of them may stop, for an update or a broken node, and nobody notices. */
export const productionMustHaveReplicas: StackPolicy = {
  name: "production-must-have-replicas",
  description: `In production at least ${LEAST_REPLICAS} replicas of every service run.`,
  remedy: `Set replicas to ${LEAST_REPLICAS} or more.`,
  level: "mandatory",
  scope: "stack",
  check: (resources, { stack }, report) => {
    if (!stack.settings.policies.production) return;
    for (const { name } of stack.workloads.filter(({ role }) => role === "service")) {
      const own = resources.filter((resource) => workloadNameOf(resource) === name);
      attempt(report, () => {
        const replicas = replicasOf(own);
        if (replicas >= LEAST_REPLICAS) return;
        const running = own.find((resource) => containersOf(resource).some(({ runs }) => runs));
        report(`${replicas} of the service ${name} runs.`, running);
      });
    }
  },
};

/** On Docker each is a resource; on Kubernetes one resource, or an autoscaler, has the number. */
function replicasOf(resources: readonly PolicyResource[]): number {
  const scaled = resources.find(({ type }) => type === AUTOSCALER);
  const least = scaled && (fieldsOf(scaled).at("spec", "minReplicas").amount ?? 1);
  return resources
    .flatMap((resource) => containersOf(resource).find(({ runs }) => runs) ?? [])
    .reduce((sum, { replicas }) => sum + (replicas ?? least ?? 1), 0);
}
