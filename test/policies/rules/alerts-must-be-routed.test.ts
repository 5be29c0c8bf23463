import { alertsMustBeRouted } from "../../../policies/rules/alerts-must-be-routed";
import { declareStack, serviceSettings } from "../../support/declared-stack";
import { checkPolicy } from "../../support/policy-cases";

const webhook = { webhook: { url: "https://alerts.example.com/hook" } };
const told = (routes: object) =>
  declareStack({
    services: { api: serviceSettings({ team: "vision" }), web: serviceSettings() },
    alerts: { receivers: { duty: webhook, room: webhook }, routes },
  });

checkPolicy(alertsMustBeRouted, {
  passes: [
    { title: "every receiver by default", resources: [], stack: told({ teams: { vision: {} } }) },
    {
      title: "each severity and team somewhere",
      resources: [],
      stack: told({ default: ["room"], critical: ["duty"], teams: { vision: { info: ["duty"] } } }),
    },
    {
      title: "monitoring switched off: no alerts",
      resources: [],
      stack: declareStack({ services: { api: serviceSettings() }, monitoring: { enabled: false } }),
    },
  ],
  fails: [
    {
      title: "a severity that goes to nobody",
      resources: [],
      stack: told({ info: [], teams: { vision: { info: ["duty"] } } }),
      messages: ["Alerts of severity info go to nobody."],
    },
    {
      title: "one of a team's",
      resources: [],
      stack: told({ teams: { vision: { warning: [] } } }),
      messages: ["Alerts of the team vision of severity warning go to nobody."],
    },
  ],
  absent: [
    {
      title: "no receivers: alerts show on Alertmanager's page",
      resources: [],
      stack: declareStack({ services: { api: serviceSettings() } }),
    },
  ],
});
