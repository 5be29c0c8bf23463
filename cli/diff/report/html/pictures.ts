import { type Mark, renderTopology } from "../../../plan/topology";
import type { StackReport } from "../stack-report";
import { element, type Markup, parts } from "./element";

/** Both topologies, with what came, went and changed marked. */
export async function pictures(report: StackReport): Promise<Markup> {
  const { before, after, comparison, impacts, sides } = report;
  const { workloads, connections } = comparison;
  const touched = impacts.flatMap(({ workload }) => (workload === null ? [] : [workload]));
  const changed = touched.map((name): [string, Mark] => [name, "changed"]);
  const names = (list: readonly { readonly name: string }[], mark: Mark): [string, Mark][] =>
    list.map(({ name }) => [name, mark]);
  const arrows = (list: typeof connections.added, mark: Mark): [string, Mark][] =>
    list.map(({ from, to }) => [`${from} -> ${to}`, mark]);
  const gone = [...names(workloads.removed, "removed"), ...arrows(connections.removed, "removed")];
  const come = [...names(workloads.added, "added"), ...arrows(connections.added, "added")];
  const [old, now] = await Promise.all([
    renderTopology(before.plan, new Map([...changed, ...gone])),
    renderTopology(after.plan, new Map([...changed, ...come])),
  ]);
  const removed = workloads.removed.map(({ name }) => name).join(", ") || "nothing";
  const added = workloads.added.map(({ name }) => name).join(", ") || "nothing";
  return parts([
    element("h3", {}, "Topology"),
    ...(sides === "new"
      ? []
      : [picture("Before", old, `Red and dashed: goes (${removed}). Amber: changes.`)]),
    picture("After", now, `Green: new (${added}). Amber: changes.`),
  ]);
}

function picture(title: string, svg: string, legend: string): Markup {
  const data = Buffer.from(svg.slice(svg.indexOf("<svg"))).toString("base64");
  return element("figure", {}, [
    element("figcaption", {}, [element("strong", {}, title), `. ${legend}`]),
    element("div", { class: "picture" }, [
      element("img", {
        src: `data:image/svg+xml;base64,${data}`,
        alt: `Workloads and connections: ${title.toLowerCase()}. ${legend}`,
      }),
    ]),
  ]);
}
