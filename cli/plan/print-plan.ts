import { styleText } from "node:util";
import Table from "cli-table3";
import type { Plan } from "./plan";
import { policyLines } from "./print-policies";

/** Tables without lines between rows or colours, which read well in logs too. */
export const COMPACT = {
  chars: {
    ...{ top: "", "top-mid": "", "top-left": "", "top-right": "" },
    ...{ bottom: "", "bottom-mid": "", "bottom-left": "", "bottom-right": "" },
    ...{ left: " ", "left-mid": "", mid: "", "mid-mid": "" },
    ...{ right: "", "right-mid": "", middle: " " },
  },
  style: { head: [], border: [], "padding-left": 1, "padding-right": 1 },
};

/** The plan as a person reads it in a terminal. */
export function describePlan(plan: Plan): string {
  return [
    title(`${plan.project}/${plan.stack}: ${plan.resources.length} resources`),
    resourceTree(plan),
    title("Workloads"),
    workloadTable(plan),
    budgetLine(plan),
    title("Connections"),
    connectionLines(plan),
    title("Scrape targets"),
    targetTable(plan),
    ...(plan.outsideProbes.length > 0 ? [title("Outside probes"), outsideProbeTable(plan)] : []),
    title("Alerts"),
    alertTable(plan),
    title("Receivers"),
    receiverTable(plan),
    title("Dashboards"),
    dashboardLines(plan),
    title("Policies"),
    policyLines(plan.policies),
  ].join("\n");
}

function title(text: string): string {
  return `\n${styleText("bold", text)}`;
}

/** Components with what they are made of, in one line each. */
function resourceTree({ resources }: Plan): string {
  const components = resources.filter(({ type }) => type.startsWith("whalewatch:"));
  return components
    .map(({ urn, type, name }) => {
      const children = resources.filter(
        (child) => child.parent === urn && !child.type.startsWith("whalewatch:"),
      );
      const counts = new Map<string, number>();
      for (const child of children) {
        const kind = child.type.split(":").at(-1) ?? child.type;
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
      }
      const made = [...counts].map(([kind, count]) => `${count} ${kind}`).join(", ");
      return `  ${(type.split(":").at(-1) ?? type).padEnd(17)} ${name.padEnd(18)} ${made}`;
    })
    .join("\n");
}

function workloadTable({ workloads }: Plan): string {
  const table = new Table({
    head: ["workload", "image", "memory", "cpu", "published", "user", "root"],
    ...COMPACT,
  });
  for (const { name, image, replicas, schedule, limits, ports, user, readOnly } of workloads) {
    table.push([
      replicas > 1
        ? `${name} x ${replicas}`
        : [name, ...(schedule?.split(", ") ?? [])].join("\n  "),
      image,
      `${limits.memoryMiB} MiB`,
      String(limits.cpuMillis / 1000),
      ports.map(({ ip, host, container }) => `${ip}:${host} -> ${container}`).join("\n"),
      user,
      readOnly ? "read-only" : "writable",
    ]);
  }
  return table.toString();
}

const ALERT_NAMES_WIDTH = 90;
const BAR_WIDTH = 40;

function budgetLine({ budget: { limitsMiB, hostMiB } }: Plan): string {
  const share = limitsMiB / hostMiB;
  const filled = Math.round(share * BAR_WIDTH);
  const bar = "█".repeat(filled) + "░".repeat(BAR_WIDTH - filled);
  return `Memory ${bar} ${limitsMiB} of ${hostMiB} MiB (${Math.round(share * 100)} %)`;
}

function connectionLines({ workloads }: Plan): string {
  return workloads
    .filter(({ connects }) => connects.length > 0)
    .map(({ name, connects }) => `  ${name.padEnd(18)} -> ${connects.join(", ")}`)
    .join("\n");
}

function targetTable({ targets }: Plan): string {
  if (targets.length === 0) return "  none: monitoring is switched off";
  const table = new Table({ head: ["job", "address", "every"], ...COMPACT });
  for (const { job, workload, port, path, intervalSeconds } of targets) {
    table.push([job, `${workload}:${port}${path}`, `${intervalSeconds} s`]);
  }
  return table.toString();
}

function outsideProbeTable({ outsideProbes }: Plan): string {
  const table = new Table({ head: ["probe", "url", "every"], ...COMPACT });
  for (const { name, url, intervalSeconds } of outsideProbes) {
    table.push([name, url, `${intervalSeconds} s`]);
  }
  return table.toString();
}

/** A line for each subject: how many of each severity, and their names. */
function alertTable({ alerts }: Plan): string {
  if (alerts.length === 0) return "  none: monitoring is switched off";
  const table = new Table({
    head: ["subject", "critical", "warning", "other", "alerts"],
    colWidths: [null, null, null, null, ALERT_NAMES_WIDTH],
    wordWrap: true,
    ...COMPACT,
  });
  for (const group of new Set(alerts.map((alert) => alert.group))) {
    const members = alerts.filter((alert) => alert.group === group);
    const count = (...severities: string[]): number =>
      members.filter(({ severity }) => severities.includes(severity)).length;
    const names = [...new Set(members.map(({ name }) => name))];
    table.push([
      group,
      count("critical"),
      count("warning"),
      count("info", "none"),
      names.join(", "),
    ]);
  }
  return table.toString();
}

function receiverTable({ receivers }: Plan): string {
  if (receivers.length === 0) return "  none: alerts show on Alertmanager's page alone";
  const table = new Table({ head: ["receiver", "by", "is told of"], ...COMPACT });
  for (const { name, kind, severities, teams } of receivers) {
    const ofTeams = Object.entries(teams).map(([team, told]) => `${team}: ${told.join(", ")}`);
    table.push([name, kind, [severities.join(", "), ...ofTeams].filter(Boolean).join("; ")]);
  }
  return table.toString();
}

function dashboardLines({ dashboards }: Plan): string {
  if (dashboards.length === 0) return "  none: Grafana is switched off";
  return dashboards
    .map(({ uid, title, panels }) => `  ${uid.padEnd(18)} ${title} (${panels} panels)`)
    .join("\n");
}
