import { instance } from "@viz-js/viz";
import type { Plan, PlannedWorkload } from "./plan";

const ROLE_COLOURS: Readonly<Record<string, string>> = {
  service: "#cfe8ff",
  store: "#ffe3c2",
  exporter: "#e8e8e8",
  monitor: "#d8f0d2",
};
const ROLES = ["service", "store", "exporter", "monitor"];

/** How a workload or a connection is drawn that another version of the stack does not have so. */
export type Mark = "added" | "removed" | "changed";

/** What to mark, by workload, and by `from -> to`. */
export type Marks = ReadonlyMap<string, Mark>;

const MARK_STYLES: Readonly<Record<Mark, string>> = {
  added: 'color="#1a7f37", penwidth=3',
  removed: 'color="#cf222e", penwidth=3, style="rounded,filled,dashed"',
  changed: 'color="#9a6700", penwidth=3',
};
const EDGE_MARK_STYLES: Readonly<Record<Mark, string>> = {
  added: 'color="#1a7f37", penwidth=2.5, style=solid',
  removed: 'color="#cf222e", penwidth=2.5, style=dashed',
  changed: 'color="#9a6700", penwidth=2.5',
};

/** The stack as a picture (SVG): workloads by role, an arrow for each declared connection. */
export async function renderTopology(plan: Plan, marks?: Marks): Promise<string> {
  const viz = await instance();
  return viz.renderString(topologyDot(plan, marks), { format: "svg", engine: "dot" });
}

/** The same as Graphviz source; the same plan gives the same text. */
export function topologyDot(
  { project, stack, workloads, budget }: Plan,
  marks: Marks = new Map(),
): string {
  const groups = ROLES.map((role) => {
    const members = workloads.filter((workload) => workload.role === role);
    return members.length === 0
      ? ""
      : `subgraph "cluster_${role}" { label="${role}s"; color="#bbbbbb"; style=rounded;
${members.map((member) => node(member, marks.get(member.name))).join("\n")}
}`;
  });
  const connections = workloads.flatMap(({ name, role, connects }) =>
    connects
      .filter((peer) => peer !== name)
      .map((peer) => `"${name}" -> "${peer}"${edgeStyle(role, marks.get(`${name} -> ${peer}`))};`),
  );
  return `digraph {
graph [rankdir=LR, fontname="Helvetica", nodesep=0.2, ranksep=1.1, labelloc=t,
  label="${project} / ${stack}: ${workloads.length} workloads, limits of ${budget.limitsMiB} MiB on a host of ${budget.hostMiB} MiB"];
node [shape=box, style="rounded,filled", margin="0.16,0.08", fontname="Helvetica", fontsize=11];
edge [arrowsize=0.6];
${groups.join("\n")}
${connections.join("\n")}
}
`;
}

function edgeStyle(role: string, mark: Mark | undefined): string {
  if (mark !== undefined) return ` [${EDGE_MARK_STYLES[mark]}]`;
  return role === "monitor" || role === "exporter" ? ' [style=dashed, color="#888888"]' : "";
}

function node(
  { name, role, limits, replicas, ports, volumes }: PlannedWorkload,
  mark: Mark | undefined,
): string {
  const facts = [
    `${limits.memoryMiB} MiB, ${limits.cpuMillis / 1000} CPU${replicas > 1 ? ` x ${replicas}` : ""}`,
    ...ports.map(({ ip, host }) => `${ip}:${host}`),
    ...volumes.map((volume) => `volume ${volume.name}`),
  ];
  const label = [name, ...facts].join("\\n");
  const marked = mark === undefined ? "" : `, ${MARK_STYLES[mark]}`;
  return `"${name}" [label="${label}", fillcolor="${ROLE_COLOURS[role] ?? "#ffffff"}"${marked}];`;
}
