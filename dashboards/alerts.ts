import { Short } from "@grafana/grafana-foundation-sdk/units";
import { findWorkload, type Stack } from "../model/stack";
import { type ReceiverKind, RECEIVER_KINDS } from "../model/settings/receivers";
import type { Settings } from "../model/settings/schema";
import { ALERTMANAGER } from "../model/workloads/alertmanager";
import { ALERTS_UID } from "./navigation";
import { buildDashboard, type NamedDashboard, type PanelSpec, WINDOW } from "./panels";

/** What fires, what is about to, and who was told. */
export function alertsDashboard(stack: Stack): NamedDashboard {
  return buildDashboard(ALERTS_UID, "Alerts", [
    { title: "Now", panels: now },
    { title: "Over time", panels: overTime },
    { title: "Told", panels: toldPanels(stack) },
  ]);
}

/** Severity none is for machines: the Watchdog, which always fires, is of it. */
const alerts = (state: "firing" | "pending"): string =>
  `ALERTS{alertstate="${state}", severity!="none"}`;

const bySeverity = (severity: "critical" | "warning" | "info", meaning: string): PanelSpec => ({
  kind: "stat",
  title: `Firing, ${severity}`,
  description: `${meaning}; how many fire now.`,
  unit: Short,
  queries: [
    {
      expr: `count(ALERTS{alertstate="firing", severity="${severity}"}) or vector(0)`,
      legend: severity,
    },
  ],
  ...(severity !== "info" && { alarm: 1 }),
});

const now: readonly PanelSpec[] = [
  bySeverity("critical", "Somebody is woken"),
  bySeverity("warning", "It waits for the morning"),
  bySeverity("info", "For whoever looks"),
  {
    kind: "stat",
    title: "About to fire",
    description: "Alerts whose condition holds, though not for as long as it has to.",
    unit: Short,
    queries: [{ expr: `count(${alerts("pending")}) or vector(0)`, legend: "pending" }],
  },
];

const byName = (state: "firing" | "pending", title: string, description: string): PanelSpec => ({
  kind: "timeseries",
  title,
  description,
  unit: Short,
  queries: [
    {
      // A line says when there are none, so that none is not taken for no answer.
      expr: `count by (alertname, service) (${alerts(state)}) or on () label_replace(vector(0), "alertname", "none", "", "")`,
      legend: "{{alertname}} {{service}}",
    },
  ],
});

const overTime: readonly PanelSpec[] = [
  byName("firing", "Firing", "Alerts that fire, by name, and by service where it is about one."),
  byName("pending", "Pending", "Alerts that would fire if their condition went on to hold."),
];

/** Every integration counts from 0 whether it is used or not; those shown are the declared ones. */
function toldPanels(stack: Stack): PanelSpec[] {
  const kinds = integrations(stack.settings);
  if (!findWorkload(stack, ALERTMANAGER) || kinds.length === 0) return [];
  const increase = (metric: string) =>
    `sum by (integration) (increase(${metric}{integration=~"${kinds.join("|")}"}[${WINDOW}]))`;
  return [
    {
      kind: "timeseries",
      title: "Messages",
      description: "Messages that were to be sent, by the kind of receiver.",
      unit: Short,
      queries: [{ expr: increase("alertmanager_notifications_total"), legend: "{{integration}}" }],
    },
    {
      kind: "timeseries",
      title: "Messages that failed",
      description: "Messages that the receiver did not take, by its kind; 0 is well.",
      unit: Short,
      queries: [
        {
          expr: increase("alertmanager_notifications_failed_total"),
          legend: "{{integration}}",
        },
      ],
    },
  ];
}

/** Alertmanager's names for the receivers' kinds are ours. */
function integrations({ alerts: { receivers, deadMansSwitch } }: Settings): ReceiverKind[] {
  const used = new Set(
    Object.values(receivers).flatMap((receiver) =>
      RECEIVER_KINDS.filter((kind) => receiver[kind] !== undefined),
    ),
  );
  if (deadMansSwitch !== undefined) used.add("webhook");
  return RECEIVER_KINDS.filter((kind) => used.has(kind));
}
