import { describe } from "node:test";
import { checkProblems } from "../../support/problem-cases";
import { service } from "../../support/stack-settings";

const operator = { namespace: "monitoring", labels: { release: "kps" } };
const query = { url: "http://prometheus-operated.monitoring.svc:9090" };
const mode = "operator";
const inCluster = { platform: "kubernetes" };
const BESIDE = "a setting of the stack's own server beside prometheus.mode: operator";
const NOTHING = "nothing: it is set at the cluster's own; or prometheus.mode: server";

describe("the operator of the cluster", () => {
  checkProblems([
    {
      title: "in place of Prometheus",
      rest: { ...inCluster, prometheus: { mode, operator, query, scrapeInterval: "30s" } },
    },
    {
      title: "without Grafana nobody asks",
      rest: { ...inCluster, prometheus: { mode, operator }, grafana: { enabled: false } },
    },
    {
      title: "on Docker",
      rest: { prometheus: { mode, operator, query: { url: "https://example.com" } } },
      problems: [
        [
          "whalewatch:prometheus.mode",
          "operator on Docker, which has none",
          "server, or platform: kubernetes",
        ],
      ],
    },
    {
      title: "neither said which, nor whom Grafana asks",
      rest: { ...inCluster, prometheus: { mode } },
      problems: [
        [
          "whalewatch:prometheus.operator",
          "nothing beside mode: operator",
          "namespace and labels of the cluster's Prometheus; its selectors ask for the labels",
        ],
        [
          "whalewatch:prometheus.query",
          "nothing beside mode: operator, and Grafana has to ask somebody",
          "the url of the cluster's Prometheus, such as http://prometheus-operated.monitoring.svc:9090, or grafana.enabled: false",
        ],
      ],
    },
    {
      title: "labels must be said, be they none",
      rest: {
        ...inCluster,
        prometheus: { mode, operator: { namespace: "monitoring" }, query },
      },
      problems: [
        [
          "whalewatch:prometheus.operator.labels",
          "nothing",
          "a mapping of labels; {} where the cluster's Prometheus takes every object",
        ],
      ],
    },
    {
      title: "a label that the program sets itself",
      rest: {
        ...inCluster,
        prometheus: {
          mode,
          operator: { ...operator, labels: { "app.kubernetes.io/part-of": "x" } },
          query,
        },
      },
      problems: [
        [
          "whalewatch:prometheus.operator.labels.app.kubernetes.io/part-of",
          "a label that the program sets itself",
          "any other label that the selectors of the cluster's Prometheus ask for",
        ],
      ],
    },
    {
      title: "beside a server",
      rest: { ...inCluster, prometheus: { operator } },
      problems: [
        [
          "whalewatch:prometheus.operator",
          "an operator beside mode: server",
          "mode: operator, or no such section",
        ],
      ],
    },
    {
      title: "who is told is handed over",
      rest: {
        ...inCluster,
        prometheus: { mode, operator, query },
        alerts: {
          receivers: { bot: { webhook: { url: "https://bot.example.com" } } },
          routes: { default: ["bot"] },
          mute: { nights: { times: ["22:00-06:00"] } },
        },
      },
    },
    {
      title: "what the objects have no words for, or what is reached from the stack alone",
      services: { bot: service() },
      rest: {
        ...inCluster,
        prometheus: { mode, operator, query },
        alerts: {
          receivers: {
            bot: { webhook: { url: "http://bot:8000/alerts" } },
            near: { webhook: { url: "http://127.0.0.1:8000/alerts" } },
            there: { webhook: { url: "http://bot.other.svc:8000/alerts" } },
            mail: {
              email: { to: ["a@example.com"], from: "b@example.com", smarthost: "mail:25" },
            },
          },
          mute: { nights: { times: ["22:00-06:00"], location: "Europe/Berlin" } },
        },
      },
      problems: [
        [
          "whalewatch:alerts.mute.nights.location",
          '"Europe/Berlin" beside prometheus.mode: operator, whose objects have no time zone',
          "UTC, with times that are meant in it; or prometheus.mode: server",
        ],
        ...(
          [
            ["bot.webhook.url", "bot"],
            ["near.webhook.url", "127.0.0.1"],
            ["mail.email.smarthost", "mail"],
          ] as const
        ).map(([setting, host]): [string, string, string] => [
          `whalewatch:alerts.receivers.${setting}`,
          `"${host}", which the Alertmanager of the cluster does not reach`,
          "a name that leads there from its namespace; or prometheus.mode: server",
        ]),
      ],
    },
    {
      title: "servers of the stack's own are not there to be set",
      rest: {
        ...inCluster,
        prometheus: { mode, operator, query, replicas: 2, storage: "9Gi" },
        alertmanager: { replicas: 2 },
      },
      problems: [
        ["whalewatch:prometheus.replicas", BESIDE, NOTHING],
        ["whalewatch:prometheus.storage", BESIDE, NOTHING],
        ["whalewatch:alertmanager.replicas", BESIDE, NOTHING],
      ],
    },
  ]);
});
