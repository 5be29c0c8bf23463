import { productionMustTellSomebody } from "../../../policies/rules/production-must-tell-somebody";
import { declareStack, serviceSettings } from "../../support/declared-stack";
import { checkPolicy } from "../../support/policy-cases";

const receivers = { duty: { webhook: { url: "https://alerts.example.com/hook" } } };
const production = (rest: object) =>
  declareStack({ services: { api: serviceSettings() }, policies: { production: true }, ...rest });

checkPolicy(productionMustTellSomebody, {
  passes: [
    { title: "a receiver", resources: [], stack: production({ alerts: { receivers } }) },
    {
      title: "the cluster's own Alertmanager, whose routes are its owner's",
      resources: [],
      stack: production({
        platform: "kubernetes",
        prometheus: {
          mode: "operator",
          operator: { namespace: "monitoring", labels: { release: "prometheus" } },
        },
        grafana: { enabled: false },
      }),
    },
    {
      title: "a stack that nobody depends on",
      resources: [],
      stack: declareStack({ services: { api: serviceSettings() } }),
    },
  ],
  fails: [
    {
      title: "monitoring switched off",
      resources: [],
      stack: production({ monitoring: { enabled: false } }),
      messages: ["Monitoring is switched off, so nobody learns that anything is wrong."],
    },
  ],
  absent: [
    {
      title: "no receiver",
      resources: [],
      stack: production({}),
      messages: ["Nobody is told of critical alerts."],
    },
  ],
});
