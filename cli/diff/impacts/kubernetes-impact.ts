import type { PlannedResource } from "../../plan/planned-resources";
import type { ResourceChange } from "../resources/compare-resources";
import { dataStays, type Difference, type Impact, withoutIt } from "./impact";

type Told = Pick<Impact, "kind" | "meaning">;

const CONTROLLER =
  /^kubernetes:(?:apps\/v1:(Deployment|StatefulSet|DaemonSet)|batch\/v1:(CronJob))$/;
const CONTENT = /^kubernetes:core\/v1:(?:ConfigMap|Secret)$/;

/** What the changes of a workload's objects in a cluster mean. */
export function kubernetesImpact(
  name: string,
  changes: readonly ResourceChange[],
  difference: Difference,
): Told {
  const controller = changes.find(({ resource }) => kindOf(resource) !== undefined);
  const data = dataStays(name, difference, "claim");
  const keeps = data === undefined ? [] : [data];
  if (controller === undefined) return { kind: "changed", meaning: besides(changes) };
  if (controller.action !== "changed") {
    const down = `All its pods go before new ones come.${withoutIt(name, difference)}`;
    return { kind: "replaced", meaning: [...keeps, down] };
  }
  const rolls = controller.properties.some(({ path }) => path.includes("template"));
  if (!rolls) return { kind: "changed", meaning: ["Its pods keep running."] };
  return {
    kind: kindOf(controller.resource) === "CronJob" ? "changed" : "restarted",
    meaning: [...keeps, rolling(name, controller.resource, difference)],
  };
}

function kindOf({ type }: PlannedResource): string | undefined {
  const match = CONTROLLER.exec(type);
  return match?.[1] ?? match?.[2];
}

/** How new pods take the place of the old, as the controllers here are set up. */
const ROLLING: Readonly<Record<string, string>> = {
  Deployment: "Each new pod is ready before an old one goes: no downtime.",
  DaemonSet: "One node after another is without it for a restart.",
  CronJob: "From its next run on.",
};

function rolling(name: string, resource: PlannedResource, difference: Difference): string {
  const known = ROLLING[kindOf(resource) ?? ""];
  if (known !== undefined) return known;
  const workload = difference.after.plan.workloads.find((each) => each.name === name);
  const one = `up to ${graceSeconds(resource)} s to stop, then until ready`;
  return (workload?.replicas ?? 1) > 1
    ? `Down one pod after another: ${one}.`
    : `Down: ${one}.${withoutIt(name, difference)}`;
}

/** What Kubernetes gives a pod that says nothing. */
const DEFAULT_GRACE_SECONDS = 30;

function graceSeconds({ inputs }: PlannedResource): number {
  const found = /"terminationGracePeriodSeconds":(\d+)/.exec(JSON.stringify(inputs))?.[1];
  return found === undefined ? DEFAULT_GRACE_SECONDS : Number(found);
}

function besides(changes: readonly ResourceChange[]): string[] {
  return changes.some(({ resource }) => CONTENT.test(resource.type))
    ? ["Its pods keep running and read the files anew."]
    : ["Its pods keep running."];
}
