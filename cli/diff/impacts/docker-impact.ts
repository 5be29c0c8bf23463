import type { PlannedResource } from "../../plan/planned-resources";
import type { ResourceChange } from "../resources/compare-resources";
import {
  dataStays,
  type Difference,
  type Impact,
  type ImpactKind,
  listed,
  withoutIt,
} from "./impact";

const CONTAINER = "docker:index/container:Container";

type Told = Pick<Impact, "kind" | "meaning">;

/** What the changes of a workload's containers and volumes on a Docker engine mean. */
export function dockerImpact(
  name: string,
  changes: readonly ResourceChange[],
  difference: Difference,
): Told {
  const running = changes.filter(({ resource }) => runs(resource));
  const stopped = running.filter(({ action }) => action === "replaced" || action === "deleted");
  if (stopped.length === 0) return { kind: "changed", meaning: withoutStop(changes, running) };
  const before = difference.before.resources.filter(
    (resource) => runs(resource) && resource.parent?.split("::").at(-1) === name,
  );
  const all = stopped.length >= before.length;
  const kind: ImpactKind =
    running.some(({ action }) => action === "replaced") || all ? "replaced" : "changed";
  const data = dataStays(name, difference, "volume");
  const down = all
    ? `Down: ${howLong(stopped)}.${withoutIt(name, difference)}`
    : `${stopped.length} of ${before.length} replicas go; the others keep answering.`;
  return { kind, meaning: [...(data === undefined ? [] : [data]), down] };
}

/** A container that runs, as opposed to one that only carries files into a volume. */
function runs({ type, inputs }: PlannedResource): boolean {
  return type === CONTAINER && inputs["start"] !== false;
}

/** The old one is stopped before the new one is made, since name and ports are fixed. */
function howLong(stopped: readonly ResourceChange[]): string {
  const seconds = (property: string, resources: readonly PlannedResource[]): number =>
    Math.max(0, ...resources.map(({ inputs }) => Number(inputs[property] ?? 0)));
  const grace = seconds(
    "destroyGraceSeconds",
    stopped.map(({ resource, former }) => former ?? resource),
  );
  const made = stopped.filter(({ action }) => action === "replaced");
  const wait = seconds(
    "waitTimeout",
    made.map(({ resource }) => resource),
  );
  const stop = grace === 0 ? "killed without a clean stop" : `up to ${grace} s to stop`;
  if (made.length === 0) return `from its stop on (${stop})`;
  return `${stop}, then until ${wait === 0 ? "it has started" : `healthy (at most ${wait} s)`}`;
}

function withoutStop(
  changes: readonly ResourceChange[],
  running: readonly ResourceChange[],
): string[] {
  const noted = changes.flatMap(({ properties }) =>
    properties.filter(({ effect }) => effect === "never applied").map(({ shown }) => shown),
  );
  const applied = running.some(({ properties }) =>
    properties.some(({ effect }) => effect === "in place"),
  );
  const came = running.filter(({ action }) => action === "created");
  const refilled = changes.some(
    ({ action, resource }) => action === "replaced" && resource.type === CONTAINER,
  );
  return [
    ...(applied ? ["Applied to the running container: no restart."] : []),
    ...(came.length > 0 ? [`${came.length} more of it start; the others keep running.`] : []),
    ...(refilled ? ["Its files are written anew and read without a restart."] : []),
    ...(noted.length > 0
      ? [`The provider notes ${listed(noted)} and never applies it: replace the container by hand.`]
      : []),
    ...(applied || came.length > 0 || refilled || noted.length > 0
      ? []
      : ["Nothing happens to the container."]),
  ];
}
