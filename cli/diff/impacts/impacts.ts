import type { ResourceChange } from "../resources/compare-resources";
import { dockerImpact } from "./docker-impact";
import {
  dataStays,
  type Difference,
  IMPACT_KINDS,
  type Impact,
  type ImpactKind,
  listed,
  usersOf,
} from "./impact";
import { kubernetesImpact } from "./kubernetes-impact";
import { reasonsOf, workloadOf } from "./reasons";

/** What an update means, workload by workload, the gravest first; what all share comes last. */
export function impactsOf(difference: Difference): Impact[] {
  const { before, after, changes } = difference;
  const told = changes.filter(({ action }) => action !== "recorded");
  const names = [...after.plan.workloads, ...before.plan.workloads].map(({ name }) => name);
  const known = new Set(names);
  const own = [...known].flatMap((name): Impact[] => {
    const resources = told.filter((change) => workloadOf(change) === name);
    return resources.length === 0 ? [] : [impactOf(name, resources, difference)];
  });
  const shared = told.filter((change) => !known.has(workloadOf(change) ?? ""));
  const rank = ({ kind }: Impact): number => IMPACT_KINDS.indexOf(kind);
  return [...own.sort((a, b) => rank(a) - rank(b)), ...sharedImpacts(shared)];
}

function impactOf(
  name: string,
  resources: readonly ResourceChange[],
  difference: Difference,
): Impact {
  const { workloads } = difference.comparison;
  const base = { workload: name, resources };
  const added = workloads.added.find((workload) => workload.name === name);
  if (added !== undefined) {
    const memory = `${added.limits.memoryMiB} MiB${added.replicas > 1 ? ` x ${added.replicas}` : ""}`;
    const reasons = [`${added.image}, ${memory}, ${added.limits.cpuMillis / 1000} CPU`];
    return { ...base, kind: "created", reasons, meaning: [opens(added.connects)] };
  }
  const removed = workloads.removed.find((workload) => workload.name === name);
  if (removed !== undefined) {
    const data = dataStays(name, difference, "volume");
    const users = usersOf(name, difference);
    return {
      ...base,
      kind: "deleted",
      reasons: [removed.image],
      meaning: [
        ...(data === undefined
          ? ["It holds no data."]
          : [`${data} See above for what that takes.`]),
        ...(users.length > 0 ? [`Still connecting to it: ${listed(users)}.`] : []),
      ],
    };
  }
  const inCluster = resources.some(({ resource }) => resource.type.startsWith("kubernetes:"));
  const told = (inCluster ? kubernetesImpact : dockerImpact)(name, resources, difference);
  return { ...base, ...told, reasons: reasonsOf(name, difference) };
}

function opens(connects: readonly string[]): string {
  return connects.length === 0 ? "It connects to nothing." : `It connects to ${listed(connects)}.`;
}

const SHARED_KINDS: Readonly<Record<string, ImpactKind>> = {
  created: "created",
  changed: "changed",
  replaced: "replaced",
  deleted: "deleted",
};

function sharedImpacts(changes: readonly ResourceChange[]): Impact[] {
  return IMPACT_KINDS.flatMap((kind): Impact[] => {
    const resources = changes.filter(({ action }) => SHARED_KINDS[action] === kind);
    if (resources.length === 0) return [];
    const named = resources.map(({ resource }) => `${kindOf(resource.type)} ${resource.name}`);
    return [
      {
        kind,
        workload: null,
        reasons: [listed(named, 6)],
        meaning: imagesStay(kind, resources),
        resources,
      },
    ];
  });
}

function imagesStay(kind: ImpactKind, changes: readonly ResourceChange[]): string[] {
  const images = changes.filter(({ resource }) => kindOf(resource.type) === "RemoteImage");
  if (kind !== "deleted" || images.length === 0) return [];
  const stay = images.every(({ resource }) => resource.inputs["keepLocally"] === true);
  return [stay ? "The images stay on the engine." : "The images are removed from the engine."];
}

/** `Volume` of `docker:index/volume:Volume`. */
export function kindOf(type: string): string {
  return type.split(":").at(-1) ?? type;
}
