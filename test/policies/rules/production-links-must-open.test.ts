import { productionLinksMustOpen } from "../../../policies/rules/production-links-must-open";
import { declareStack, serviceSettings } from "../../support/declared-stack";
import { checkPolicy } from "../../support/policy-cases";

const production = (rest: object) =>
  declareStack({ services: { api: serviceSettings() }, policies: { production: true }, ...rest });
const route = { kind: "ingress", className: "nginx", controllerNamespace: "ingress-nginx" };

checkPolicy(productionLinksMustOpen, {
  passes: [
    {
      title: "a host of Grafana's",
      resources: [],
      stack: production({
        platform: "kubernetes",
        kubernetes: { route },
        grafana: { host: "grafana.example.com", publish: 3001 },
      }),
    },
    {
      title: "an address of its own",
      resources: [],
      stack: production({ grafana: { url: "https://grafana.example.com" } }),
    },
    {
      title: "no Grafana, and no link",
      resources: [],
      stack: production({ grafana: { enabled: false } }),
    },
    {
      title: "monitoring switched off",
      resources: [],
      stack: production({ monitoring: { enabled: false } }),
    },
    {
      title: "a stack that nobody depends on",
      resources: [],
      stack: declareStack({ services: { api: serviceSettings() }, grafana: { publish: 3001 } }),
    },
  ],
  fails: [
    {
      title: "a port of this machine",
      resources: [],
      stack: production({ grafana: { publish: 3001 } }),
      messages: [
        "The links of alerts begin with http://127.0.0.1:3001, which opens on the stack's own machine alone.",
      ],
    },
  ],
  absent: [
    {
      title: "neither address nor port",
      resources: [],
      stack: production({}),
      messages: [
        "The links of alerts begin with http://grafana:3000, which opens on the stack's own machine alone.",
      ],
    },
  ],
});
