import { PercentUnit, Seconds, Short } from "@grafana/grafana-foundation-sdk/units";
import { resolveAlert } from "../model/alerts/resolve";
import { OUTSIDE_PROBE_JOB } from "../model/outside-probes";
import type { Stack } from "../model/stack";
import { alarmOf } from "./alarm";
import { buildDashboard, type NamedDashboard, type PanelSpec } from "./panels";

const OF_PROBES = `{job="${OUTSIDE_PROBE_JOB}"}`;

/** What is asked outside the stack, where there is any of it. */
export function outsideProbeDashboards(stack: Stack): NamedDashboard[] {
  if (stack.outsideProbes.length === 0) return [];
  return [
    buildDashboard("outside-probes", "Outside probes", [
      { title: "Health", panels: [outsideWell, ...certificatePanels(stack, "stat")] },
      { title: "Answers", panels: answerPanels(stack) },
      { title: "Certificates", panels: certificatePanels(stack, "timeseries") },
    ]),
  ];
}

/** How many of them answer as they should; on the first page too. */
export const outsideWell: PanelSpec = {
  kind: "stat",
  title: "Outside well",
  description: "Share of the URLs outside the stack that answer as they should.",
  unit: PercentUnit,
  queries: [{ expr: `avg(probe_success${OF_PROBES})`, legend: "well" }],
  alarmBelow: 1,
};

function answerPanels({ settings }: Stack): PanelSpec[] {
  const line = (metric: string) => [
    { expr: `max by (probe) (${metric}${OF_PROBES})`, legend: "{{probe}}" },
  ];
  return [
    {
      kind: "timeseries",
      title: "Answers as it should",
      description: "Is 1 while the answer is as expected, and 0 otherwise.",
      unit: Short,
      queries: line("probe_success"),
      max: 1,
    },
    {
      kind: "timeseries",
      title: "Time to answer",
      description: "From the look-up of the name to the end of the answer.",
      unit: Seconds,
      queries: line("probe_duration_seconds"),
      ...alarmOf(settings, "ProbeSlow"),
    },
    {
      kind: "timeseries",
      title: "Status",
      description: "The HTTP status of the answer; 0 where there was none.",
      unit: Short,
      queries: line("probe_http_status_code"),
    },
    {
      kind: "timeseries",
      title: "Slowest by part",
      description:
        "The longest that any of them took to be looked up, to connect, to agree on TLS, to think, and to send.",
      unit: Seconds,
      queries: [
        { expr: `max by (phase) (probe_http_duration_seconds${OF_PROBES})`, legend: "{{phase}}" },
      ],
    },
  ];
}

function certificatePanels(
  { settings, outsideProbes }: Stack,
  kind: PanelSpec["kind"],
): PanelSpec[] {
  if (!outsideProbes.some(({ secure }) => secure)) return [];
  const alarmBelow = resolveAlert(settings, "ProbeCertificateExpiring")?.threshold?.value;
  const left = `probe_ssl_earliest_cert_expiry${OF_PROBES} - time()`;
  const common = { unit: Seconds, ...(alarmBelow !== undefined && { alarmBelow }) };
  return [
    kind === "stat"
      ? {
          ...common,
          kind,
          title: "First certificate to end",
          description: "Time until the first of all certificates ends.",
          queries: [{ expr: `min(${left})`, legend: "left" }],
        }
      : {
          ...common,
          kind,
          title: "Certificates",
          description: "Time until the first certificate that the server shows ends.",
          queries: [{ expr: `min by (probe) (${left})`, legend: "{{probe}}" }],
        },
  ];
}
