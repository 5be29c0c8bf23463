import { service, type Values } from "../../support/stack-settings";
import type { Labels } from "../../support/alertmanager";

/** The stack secrets that the cases name. */
export const ROUTE_SECRETS = ["key", "hook", "heart"];

const receivers = {
  duty: { pagerduty: { secret: "key" } },
  phone: { webhook: { url: "https://phone.example.com" } },
  chat: { slack: { secret: "hook" } },
  lab: {
    email: { to: ["lab@example.com"], from: "w@example.com", smarthost: "mail.example.com:25" },
  },
};
const services = {
  narwhal: service({ team: "vision" }),
  orca: service({ team: "vision" }),
  beluga: service({ team: "sound" }),
  dolphin: service(),
};
/** Settings of services in two teams, with four receivers. */
export const withReceivers = (alerts: Values): Values => ({
  services,
  alerts: { receivers, ...alerts },
});

/** Lists for all. */
export const bySeverity = {
  default: ["chat"],
  critical: ["duty", "phone"],
  warning: ["chat"],
  info: [],
};
/** Lists of teams. */
export const teams = {
  vision: { default: ["lab"], critical: ["duty", "lab"] },
  sound: { critical: ["phone"] },
};
const routed = withReceivers({ routes: { ...bySeverity, teams } });
const url = "https://www.example.com/";
/** Probes of two teams, one of which has no service. */
const probed: Values = {
  ...withReceivers({ routes: { ...bySeverity, teams: { ...teams, web: { default: ["phone"] } } } }),
  probes: { site: { url, team: "web" }, orca: { url, team: "vision" }, partner: { url } },
};
/** No routes. */
export const everyone: Values = { services: { dolphin: service() }, alerts: { receivers } };
const nobody: Values = { services: { dolphin: service() } };
/** The heartbeat alone. */
export const heart: Values = { services: {}, alerts: { deadMansSwitch: { secret: "heart" } } };

/** Settings and labels to receivers, in the order in which they are told. */
export const ROUTE_CASES: readonly (readonly [string, Values, Labels, readonly string[]])[] = [
  ["a critical alert", routed, { severity: "critical", job: "redis-exporter" }, ["duty", "phone"]],
  ["a warning", routed, { severity: "warning", job: "redis-exporter" }, ["chat"]],
  ["what nobody wants to know", routed, { severity: "info" }, ["nobody"]],
  ["a severity of somebody's own", routed, { severity: "page" }, ["chat"]],
  ["no severity", routed, { alertname: "Mine" }, ["chat"]],
  ["a team's own list", routed, { severity: "critical", service: "narwhal" }, ["duty", "lab"]],
  [
    "another service of the team",
    routed,
    { severity: "critical", service: "orca" },
    ["duty", "lab"],
  ],
  [
    "a team's default, before that of all",
    routed,
    { severity: "warning", service: "orca" },
    ["lab"],
  ],
  ["a team's default for no severity", routed, { service: "orca" }, ["lab"]],
  [
    "a team that says something else",
    routed,
    { severity: "critical", service: "beluga" },
    ["phone"],
  ],
  ["what that team does not say", routed, { severity: "warning", service: "beluga" }, ["chat"]],
  ["a service of no team", routed, { severity: "critical", service: "dolphin" }, ["duty", "phone"]],
  [
    "a service whose name begins like another",
    routed,
    { severity: "warning", service: "orcas" },
    ["chat"],
  ],
  [
    "the heartbeat, which nobody waits for",
    routed,
    { alertname: "Watchdog", severity: "none" },
    ["nobody"],
  ],
  [
    "a heartbeat with a wrong severity",
    routed,
    { alertname: "Watchdog", severity: "critical" },
    ["nobody"],
  ],
  ["what is for machines", routed, { alertname: "InfoInhibitor", severity: "none" }, ["nobody"]],
  ["a team's own, for machines", routed, { severity: "none", service: "orca" }, ["nobody"]],
  ["a test of one receiver", routed, { whalewatch_test: "lab", severity: "critical" }, ["lab"]],
  [
    "a test of a receiver that is gone",
    routed,
    { whalewatch_test: "fax", severity: "warning" },
    ["chat"],
  ],
  [
    "a probe of a team that has services",
    probed,
    { severity: "warning", job: "outside-probe", probe: "orca" },
    ["lab"],
  ],
  ["a probe of a team that has none", probed, { severity: "warning", probe: "site" }, ["phone"]],
  ["a probe of no team", probed, { severity: "warning", probe: "partner" }, ["chat"]],
  [
    "a service beside probes of its team",
    probed,
    { severity: "warning", service: "narwhal" },
    ["lab"],
  ],
  ["no routes: everyone", everyone, { severity: "critical" }, ["duty", "phone", "chat", "lab"]],
  [
    "no routes: everyone, of anything",
    everyone,
    { severity: "info" },
    ["duty", "phone", "chat", "lab"],
  ],
  ["no routes: but for machines", everyone, { severity: "none" }, ["nobody"]],
  ["no receivers", nobody, { severity: "critical", service: "dolphin" }, ["nobody"]],
  ["no receivers but a heartbeat's", heart, { severity: "critical" }, ["nobody"]],
  ["the heartbeat", heart, { alertname: "Watchdog", severity: "none" }, ["dead-mans-switch"]],
  ["a test of the heartbeat", heart, { whalewatch_test: "dead-mans-switch" }, ["dead-mans-switch"]],
];
