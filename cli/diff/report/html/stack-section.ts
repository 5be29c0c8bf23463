import type { PlannedAlert } from "../../../plan/plan";
import type { Difference } from "../../compare-plans";
import type { EntryChanges } from "../../entries";
import type { Impact } from "../../impacts/impact";
import { IMPACT_KINDS } from "../../impacts/impact";
import { kindOf } from "../../impacts/impacts";
import { redactValue } from "../../redact";
import type { PropertyChange, ResourceChange } from "../../resources/compare-resources";
import { changesAnything, type StackReport } from "../stack-report";
import { alertChanges, entryChange, impactCounts, resourceLine } from "../summary";
import { budgetBars } from "./budget-bars";
import { element, list, type Markup, parts, rich, table } from "./element";
import { fileSection } from "./file-section";
import { pictures } from "./pictures";

const LONGEST_VALUE = 160;

/** All that is told of one stack. */
export async function stackSection(report: StackReport): Promise<Markup> {
  const { stack, sides, dangers, impacts, comparison, files } = report;
  const title = element("h2", { id: `title-${stack}` }, stack);
  const section = (content: readonly (Markup | string)[]): Markup =>
    element("section", { id: stack, "aria-labelledby": `title-${stack}` }, [title, ...content]);
  if (sides === "gone") {
    return section([
      note([
        rich(
          `Its stack file is gone. **That takes nothing down:** what runs stays until \`npm run down -- --stack ${stack}\` with an earlier version.`,
        ),
      ]),
    ]);
  }
  if (!changesAnything(report)) return section([element("p", {}, "Nothing changes.")]);
  return section([
    chips(report),
    element("p", { class: "quiet" }, `${resourceLine(report)}.`),
    ...(dangers.length > 0
      ? [
          element("div", { class: "danger", role: "note" }, [
            element("p", {}, element("strong", {}, "Look at this first")),
            list(dangers.map(rich)),
          ]),
        ]
      : []),
    policies(report),
    table(
      "What happens to each workload",
      ["workload", "is", "because of", "which means"],
      impacts.map(impactRow),
    ),
    budgetBars(report),
    connections(report),
    alerts(comparison.alerts),
    others(report),
    await pictures(report),
    fileSection(files),
    resources(report),
  ]);
}

function note(content: readonly (Markup | string)[]): Markup {
  return element("div", { class: "note", role: "note" }, element("p", {}, content));
}

function chips(report: StackReport): Markup {
  const counts = impactCounts(report);
  const shown = IMPACT_KINDS.filter((kind) => counts[kind] > 0).map((kind) =>
    element(
      "li",
      { class: kind },
      `${counts[kind]} ${kind === "changed" ? "changed in place" : kind}`,
    ),
  );
  const none = element("li", { class: "none" }, "no workload is touched");
  const isNew = report.sides === "new" ? [element("li", { class: "created" }, "new stack")] : [];
  return element("ul", { class: "chips" }, [...isNew, ...(shown.length > 0 ? shown : [none])]);
}

function impactRow({ workload, kind, reasons, meaning }: Impact): Markup[] {
  return [
    workload === null ? element("em", {}, "shared") : parts(workload),
    element("span", { class: `tag ${kind}` }, kind === "changed" ? "changed in place" : kind),
    parts(reasons.flatMap((reason, index) => [...(index > 0 ? [BREAK] : []), reason])),
    rich(meaning.join(" ")),
  ];
}

const BREAK: Markup = { markup: "<br>" };

function connections({ comparison }: StackReport): Markup {
  const opened = (list: Difference<string>): Markup[] => [
    ...list.added.map((name) => marked("added", "opened", name)),
    ...list.removed.map((name) => marked("removed", "closed", name)),
  ];
  const arrows = {
    added: comparison.connections.added.map(({ from, to }) => `${from} → ${to}`),
    removed: comparison.connections.removed.map(({ from, to }) => `${from} → ${to}`),
  };
  return parts([
    ...titled("Connections", opened(arrows)),
    ...titled("Published ports", opened(comparison.published)),
  ]);
}

function marked(mark: "added" | "removed" | "changed", word: string, name: string): Markup {
  return parts([element("span", { class: `tag ${mark}` }, word), " ", element("code", {}, name)]);
}

function titled(title: string, items: readonly Markup[]): Markup[] {
  return items.length === 0 ? [] : [element("h3", {}, title), list(items)];
}

function alerts({ added, removed, changed }: EntryChanges<PlannedAlert>): Markup {
  const told = (mark: "added" | "removed", alert: PlannedAlert): Markup =>
    parts([
      marked(mark, mark, alert.name),
      ` ${alert.severity}${alert.for === null ? "" : `, holds for ${alert.for}`}: `,
      element("code", {}, alert.expr),
    ]);
  const items = [
    ...added.map((alert) => told("added", alert)),
    ...removed.map((alert) => told("removed", alert)),
    ...alertChanges(changed).map(([what, names]) =>
      parts([marked("changed", "changed", [...new Set(names)].join(", ")), ` ${what}`]),
    ),
  ];
  return parts(titled("Alerts", items));
}

function others({
  comparison: { receivers, targets, outsideProbes, dashboards },
}: StackReport): Markup {
  return parts([
    ...titled(
      "Receivers",
      entries(
        receivers,
        ({ name, kind, severities }) => `${name} (${kind}, told of ${severities.join(", ")})`,
      ),
    ),
    ...titled(
      "Scrape targets",
      entries(targets, ({ job, workload, port, path }) => `${job} (${workload}:${port}${path})`),
    ),
    ...titled(
      "Probes outside",
      entries(outsideProbes, ({ name, url }) => `${name} (${url})`),
    ),
    ...titled(
      "Dashboards",
      entries(dashboards, ({ title, panels }) => `${title} (${panels} panels)`),
    ),
  ]);
}

function entries<Item>(
  { added, removed, changed }: EntryChanges<Item>,
  nameOf: (item: Item) => string,
): Markup[] {
  return [
    ...added.map((item) => marked("added", "added", nameOf(item))),
    ...removed.map((item) => marked("removed", "removed", nameOf(item))),
    ...changed.map((entry) =>
      parts([marked("changed", "changed", entry.name), ` ${entryChange(entry)}`]),
    ),
  ];
}

function policies({ after }: StackReport): Markup {
  const found = after.plan.policies;
  if (found.checked.length === 0) return parts([]);
  if (found.violations.length === 0) {
    return element("p", {}, `All ${found.checked.length} policies hold.`);
  }
  const mandatory = found.violations.some(({ level }) => level === "mandatory");
  return element("div", { class: mandatory ? "danger" : "note", role: "note" }, [
    element("p", {}, element("strong", {}, "Policies that do not hold")),
    list(
      found.violations.map(({ policy, level, message, remedy }) =>
        parts([`${level} `, element("code", {}, policy), ` ${message} ${remedy}`]),
      ),
    ),
  ]);
}

function resources({ changes }: StackReport): Markup {
  if (changes.length === 0) return parts([]);
  return parts([
    element("h3", {}, `Resources (${changes.length})`),
    ...changes.map(resourceDetails),
  ]);
}

function resourceDetails({ action, resource, properties }: ResourceChange): Markup {
  const summary = element("summary", {}, [
    element("span", { class: `tag ${action}` }, action),
    ` ${kindOf(resource.type)} `,
    element("b", {}, resource.name),
  ]);
  const content =
    properties.length === 0
      ? element("p", {}, element("code", {}, resource.urn))
      : table(
          `Properties of ${resource.name}`,
          ["property", "before", "after", "effect"],
          properties.map((property) => [
            element("code", {}, property.shown),
            valueOf(property, property.before),
            valueOf(property, property.after),
            property.effect,
          ]),
        );
  return element("details", {}, [summary, content]);
}

function valueOf({ before, after }: PropertyChange, value: PropertyChange["before"]): Markup {
  const unknown = before === undefined && after === undefined;
  if (value === undefined) return element("span", { class: "quiet" }, unknown ? "another" : "none");
  const text = redactValue(typeof value === "string" ? value : JSON.stringify(value));
  const shown = text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
  return element("code", {}, shown);
}
