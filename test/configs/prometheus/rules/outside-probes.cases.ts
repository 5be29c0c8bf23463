import type { AlertCase } from "../../../support/alert-cases";
import { stackFrom } from "../../../support/stack-settings";

const URLS = {
  site: "https://www.example.com/",
  partner: "https://api.partner.example/health",
  plain: "http://10.1.2.3:8080/",
} as const;
type Name = keyof typeof URLS;

const stack = stackFrom({
  probes: Object.fromEntries(Object.entries(URLS).map(([name, url]) => [name, { url }])),
  alerts: {
    rules: {
      ProbeFailed: { probes: { partner: { off: "they have a page of their own for that" } } },
      ProbeSlow: { probes: { partner: { threshold: "4s" } } },
    },
  },
});
const labels = (name: Name) => ({ job: "outside-probe", probe: name, instance: URLS[name] });
const series = (metric: string, name: Name): string =>
  `${metric}{job="outside-probe",probe="${name}",instance="${URLS[name]}"}`;
const success = (name: Name): string => series("probe_success", name);
const seconds = (name: Name): string => series("probe_duration_seconds", name);
const end = (name: Name): string => series("probe_ssl_earliest_cert_expiry", name);
const DAY = 86_400;

/** What is probed outside the stack, on both sides. */
export const outsideProbeCases: readonly AlertCase[] = [
  {
    alert: "ProbeFailed",
    stack,
    past: { [success("site")]: "0x60" },
    before: {
      [success("site")]: "1x60",
      // Switched off for this one, and a service that has alerts of its own.
      [success("partner")]: "0x60",
      'probe_success{job="probe",service="site",instance="http://site:8000/health"}': "0x60",
    },
    notYet: "2m",
    at: "4m",
    labels: labels("site"),
    says: "site does not answer as it should at https://www.example.com/.",
  },
  {
    alert: "ProbeFailed",
    title: "asked every other minute, for the second time",
    stack,
    past: { [success("plain")]: "0 _x7 0 _x7 0 _x40" },
    before: { [success("plain")]: "1 _x7 0 _x7 1 _x40" },
    notYet: "2m",
    at: "4m",
    labels: labels("plain"),
    says: "plain does not answer as it should at http://10.1.2.3:8080/.",
  },
  {
    alert: "ProbeSlow",
    stack,
    past: { [success("site")]: "1x60", [seconds("site")]: "2.5x60" },
    // A threshold of its own, and one that fails after its whole timeout.
    before: {
      [success("site")]: "1x60",
      [seconds("site")]: "2x60",
      [success("partner")]: "1x60",
      [seconds("partner")]: "3x60",
      [success("plain")]: "0x60",
      [seconds("plain")]: "10x60",
    },
    notYet: "9m",
    at: "11m",
    labels: labels("site"),
    says: "site takes 2.5s to answer at https://www.example.com/ (limit 2s).",
  },
  ...(
    [
      ["ProbeCertificateExpiring", 14, "13d 23h 48m 0s"],
      ["ProbeCertificateNearlyExpired", 3, "2d 23h 48m 0s"],
    ] as const
  ).map(([alert, days, left]): AlertCase => ({
    alert,
    stack,
    past: { [end("partner")]: `${days * DAY}x60` },
    before: { [end("partner")]: `${days * DAY + 900}x60` },
    notYet: "9m",
    at: "12m",
    labels: labels("partner"),
    says: `The certificate of partner at https://api.partner.example/health ends in ${left} (limit ${days}d).`,
  })),
];
