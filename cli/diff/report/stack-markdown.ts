import type { EntryChanges } from "../entries";
import { type Impact, listed } from "../impacts/impact";
import { kindOf } from "../impacts/impacts";
import type { ResourceChange } from "../resources/compare-resources";
import { code, emphasised, folded, plain } from "./markdown-text";
import { changesAnything, type StackReport } from "./stack-report";
import {
  alertChanges,
  arrow,
  entryChange,
  impactLine,
  limitsOf,
  percent,
  resourceLine,
} from "./summary";

/** So many entries of a list are told one by one. */
const MOST_ENTRIES = 8;
const MOST_ROWS = 25;
const MOST_RESOURCES = 60;

/** What a reviewer must know of a stack, in half a minute; file diffs are added apart. */
export function stackMarkdown(report: StackReport): string {
  const { stack, sides, dangers, impacts } = report;
  const title = `### ${plain(stack)}`;
  if (sides === "gone") {
    return `${title}\n\nIts stack file is gone. **That takes nothing down:** what runs stays until ${code(`npm run down -- --stack ${stack}`)} with an earlier version.`;
  }
  if (!changesAnything(report)) return `${title}\n\nNothing changes.`;
  const isNew = sides === "new" ? "A new stack. " : "";
  return [
    title,
    `${isNew}**${impactLine(report)}** · ${resourceLine(report)}`,
    ...(dangers.length > 0
      ? [["> [!CAUTION]", ...dangers.map((danger) => `> - ${emphasised(danger)}`)].join("\n")]
      : []),
    ...policyBlock(report),
    ...(impacts.length > 0 ? [impactTable(impacts)] : []),
    factLines(report)
      .map((line) => `- ${line}`)
      .join("\n"),
    ...resourceList(report),
  ].join("\n\n");
}

function impactTable(impacts: readonly Impact[]): string {
  const rows = impacts.slice(0, MOST_ROWS).map(({ workload, kind, reasons, meaning }) => {
    const name = workload === null ? "*shared*" : `**${plain(workload)}**`;
    const why = reasons.map((reason) => plain(reason)).join("<br>");
    const isGrave = workload !== null && (kind === "deleted" || kind === "replaced");
    const grave = isGrave ? `**${kind}**` : shownKind(kind);
    return `| ${name} | ${grave} | ${why} | ${meaning.map(emphasised).join(" ")} |`;
  });
  const more = impacts.length - rows.length;
  return [
    "| workload | is | because of | which means |",
    "| --- | --- | --- | --- |",
    ...rows,
    ...(more > 0 ? [`| and ${more} more | | | |`] : []),
  ].join("\n");
}

function shownKind(kind: string): string {
  return kind === "changed" ? "changed in place" : kind;
}

/** One line for each subject that differs; limits in any case. */
function factLines(report: StackReport): string[] {
  const { comparison } = report;
  const { before, after } = limitsOf(report);
  const share = arrow(percent(before), percent(after));
  return [
    `**Limits:** memory ${arrow(before.memoryMiB, after.memoryMiB)} of ${arrow(before.hostMiB, after.hostMiB)} MiB (${share} %), CPU ${arrow(before.cpus, after.cpus)}`,
    ...sides(
      "Connections",
      comparison.connections.added.map(({ from, to }) => code(`${from} → ${to}`)),
      comparison.connections.removed.map(({ from, to }) => code(`${from} → ${to}`)),
      ["opened", "closed"],
    ),
    ...sides(
      "Published ports",
      comparison.published.added.map(code),
      comparison.published.removed.map(code),
      ["opened", "closed"],
    ),
    ...sides(
      `Alerts (${arrow(report.before.plan.alerts.length, report.after.plan.alerts.length)})`,
      comparison.alerts.added.map(({ name, severity }) => `${code(name)} ${plain(severity)}`),
      comparison.alerts.removed.map(({ name, severity }) => `${code(name)} ${plain(severity)}`),
      ["added", "removed"],
      alertChanges(comparison.alerts.changed).map(
        ([what, names]) => `${listed([...new Set(names)].map(code))} (${plain(what)})`,
      ),
    ),
    ...entryLine("Receivers", comparison.receivers, ({ name, kind, severities }) =>
      [code(name), plain(`${kind}, told of ${severities.join(", ")}`)].join(" "),
    ),
    ...entryLine("Scrape targets", comparison.targets, ({ job }) => code(job)),
    ...entryLine("Probes outside", comparison.outsideProbes, ({ name }) => code(name)),
    ...entryLine("Dashboards", comparison.dashboards, ({ title }) => plain(title)),
  ];
}

function entryLine<Item>(
  title: string,
  { added, removed, changed }: EntryChanges<Item>,
  nameOf: (item: Item) => string,
): string[] {
  const changes = changed.map((entry) => `${code(entry.name)} (${plain(entryChange(entry))})`);
  return sides(title, added.map(nameOf), removed.map(nameOf), ["added", "removed"], changes);
}

function sides(
  title: string,
  added: readonly string[],
  removed: readonly string[],
  [came, went]: readonly [string, string],
  changed: readonly string[] = [],
): string[] {
  const told = [
    ...part(came, counted(added)),
    ...part(went, counted(removed)),
    ...part("changed", changed),
  ];
  return told.length === 0 ? [] : [`**${title}:** ${told.join("; ")}`];
}

function part(word: string, entries: readonly string[]): string[] {
  if (entries.length === 0) return [];
  const more = entries.length - MOST_ENTRIES;
  const shown = entries.slice(0, MOST_ENTRIES).join(", ");
  return [`${word} ${shown}${more > 0 ? ` and ${more} more` : ""}`];
}

/** Equal entries once, with how many there are. */
function counted(entries: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const entry of entries) counts.set(entry, (counts.get(entry) ?? 0) + 1);
  return [...counts].map(([entry, count]) => (count === 1 ? entry : `${entry} (${count})`));
}

/** Violations are told one by one; that all holds, in a line. */
function policyBlock({ before, after }: StackReport): string[] {
  const { policies } = after.plan;
  if (policies.checked.length === 0) return [];
  const checked = `${policies.checked.length} policies`;
  if (policies.violations.length === 0) return [`All ${checked} hold.`];
  const known = new Set(before.plan.policies.violations.map(({ message }) => message));
  const lines = policies.violations
    .slice(0, MOST_ENTRIES)
    .map(({ policy, level, message, remedy }) => {
      const fresh = known.has(message) ? "" : " **new:**";
      return `> - ${plain(level)} ${code(policy)}${fresh} ${plain(`${message} ${remedy}`)}`;
    });
  const more = policies.violations.length - lines.length;
  const mandatory = policies.violations.some(({ level }) => level === "mandatory");
  return [
    [
      `> [!${mandatory ? "CAUTION" : "WARNING"}]`,
      `> ${policies.violations.length} violation${policies.violations.length === 1 ? "" : "s"} of ${checked}:`,
      ...lines,
      ...(more > 0 ? [`> - and ${more} more`] : []),
    ].join("\n"),
  ];
}

function resourceList({ changes }: StackReport): string[] {
  const shown = changes.slice(0, MOST_RESOURCES).map(resourceItem);
  const more = changes.length - shown.length;
  const lines = [...shown, ...(more > 0 ? [`- and ${more} more`] : [])];
  return lines.length === 0 ? [] : [folded(`Resources (${changes.length})`, lines.join("\n"))];
}

function resourceItem({ action, resource, properties }: ResourceChange): string {
  const names = [...new Set(properties.map(({ shown }) => shown))];
  const more = names.length - MOST_ENTRIES;
  const shown = names.slice(0, MOST_ENTRIES).map(code).join(", ");
  const which = names.length === 0 ? "" : `: ${shown}${more > 0 ? ` and ${more} more` : ""}`;
  return `- ${action} ${kindOf(resource.type)} ${code(resource.name)}${which}`;
}
