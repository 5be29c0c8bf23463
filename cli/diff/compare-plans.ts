import type { Plan, PlannedAlert, PlannedReceiver, PlannedWorkload } from "../plan/plan";
import { changedPairs, compareEntries, type EntryChanges, type Fields, NOTHING } from "./entries";
import { pairAlerts } from "./pair-alerts";

/** A connection that a workload may open. */
export interface Connection {
  readonly from: string;
  readonly to: string;
}

/** What only one side has. */
export interface Difference<Item> {
  readonly added: readonly Item[];
  readonly removed: readonly Item[];
}

type Target = Plan["targets"][number];
type OutsideProbe = Plan["outsideProbes"][number];
type Dashboard = Plan["dashboards"][number];
type PlannedFile = Plan["files"][number];

/** What two plans have that differs; both sides of the budget in any case. */
export interface PlanComparison {
  /** Fields: `role`, `image`, `replicas`, `schedule`, `memory`, `cpu`, `user`, `root`, `volumes`. */
  readonly workloads: EntryChanges<PlannedWorkload>;
  readonly connections: Difference<Connection>;
  /** Ports of the host, such as `api: 127.0.0.1:8001 -> 8000`. */
  readonly published: Difference<string>;
  /** Fields: `address`, `every`. */
  readonly targets: EntryChanges<Target>;
  /** Fields: `url`, `every`. */
  readonly outsideProbes: EntryChanges<OutsideProbe>;
  /** Fields: `severity`, `for`, `expr`, `group`. */
  readonly alerts: EntryChanges<PlannedAlert>;
  /** Fields: `kind`, `severities`, and `team <name>` for each team with routes of its own. */
  readonly receivers: EntryChanges<PlannedReceiver>;
  /** Fields: `title`, `panels`. */
  readonly dashboards: EntryChanges<Dashboard>;
  /** By `<workload><path>`; field: `sha256`. */
  readonly files: EntryChanges<PlannedFile>;
  readonly budget: { readonly before: Plan["budget"]; readonly after: Plan["budget"] };
}

/** Compares what two plans would run and watch. Names decide what is the same thing. */
export function comparePlans(before: Plan, after: Plan): PlanComparison {
  const { pairs, added, removed } = pairAlerts(before.alerts, after.alerts);
  return {
    workloads: compareEntries(
      before.workloads,
      after.workloads,
      ({ name }) => name,
      workloadFields,
    ),
    connections: difference(connectionsOf(before), connectionsOf(after)),
    published: difference(publishedBy(before), publishedBy(after)),
    targets: compareEntries(
      before.targets,
      after.targets,
      ({ job }) => job,
      ({ workload, port, path, intervalSeconds }) => ({
        address: `${workload}:${port}${path}`,
        every: `${intervalSeconds} s`,
      }),
    ),
    outsideProbes: compareEntries(
      before.outsideProbes,
      after.outsideProbes,
      ({ name }) => name,
      ({ url, intervalSeconds }) => ({ url, every: `${intervalSeconds} s` }),
    ),
    alerts: { added, removed, changed: changedPairs(pairs, ({ name }) => name, alertFields) },
    receivers: compareEntries(
      before.receivers,
      after.receivers,
      ({ name }) => name,
      receiverFields,
    ),
    dashboards: compareEntries(
      before.dashboards,
      after.dashboards,
      ({ uid }) => uid,
      ({ title, panels }) => ({ title, panels: String(panels) }),
    ),
    files: compareEntries(before.files, after.files, fileName, ({ sha256 }) => ({ sha256 })),
    budget: { before: before.budget, after: after.budget },
  };
}

/** The name of a provisioned file, as below a plan's folder `files`. */
export function fileName({ workload, path }: { workload: string; path: string }): string {
  return `${workload}${path}`;
}

/** The fields of a workload as they are shown. */
function workloadFields(workload: PlannedWorkload): Fields {
  const { role, image, replicas, schedule, limits, volumes, user, readOnly } = workload;
  return {
    role,
    image,
    replicas: String(replicas),
    schedule: schedule ?? "all the time",
    memory: `${limits.memoryMiB} MiB`,
    cpu: String(limits.cpuMillis / 1000),
    volumes: listed(volumes.map(({ name, path }) => `${name} at ${path}`)),
    user,
    root: readOnly ? "read-only" : "writable",
  };
}

function alertFields({ group, severity, for: held, expr }: PlannedAlert): Fields {
  return { group, severity, for: held ?? "at once", expr };
}

function receiverFields({ kind, severities, teams }: PlannedReceiver): Fields {
  const told = Object.entries(teams).map(([team, of]) => [`team ${team}`, listed(of)] as const);
  return { kind, severities: listed(severities), ...Object.fromEntries(told) };
}

function listed(items: readonly string[]): string {
  return items.length === 0 ? NOTHING : items.join(", ");
}

function connectionsOf({ workloads }: Plan): Connection[] {
  return workloads.flatMap(({ name, connects }) => connects.map((to) => ({ from: name, to })));
}

function publishedBy({ workloads }: Plan): string[] {
  return workloads.flatMap(({ name, ports }) =>
    ports.map(({ ip, host, container }) => `${name}: ${ip}:${host} -> ${container}`),
  );
}

function difference<Item>(before: readonly Item[], after: readonly Item[]): Difference<Item> {
  const keys = (items: readonly Item[]) => new Set(items.map((item) => JSON.stringify(item)));
  const [old, now] = [keys(before), keys(after)];
  return {
    added: after.filter((item) => !old.has(JSON.stringify(item))),
    removed: before.filter((item) => !now.has(JSON.stringify(item))),
  };
}
