import { describe } from "node:test";
import { checkProblems } from "../../support/problem-cases";

const remoteWrite = [{ name: "mimir", url: "https://mimir.example.com/push" }];
const query = { url: "https://mimir.example.com/prometheus" };
const inCluster = { platform: "kubernetes" };
const SHARDS = "a whole number from 1 to 10";

describe("shards of Prometheus", () => {
  checkProblems([
    { title: "one is the default and may be written", rest: { prometheus: { shards: 1 } } },
    {
      title: "several, with a store that has everything",
      rest: { ...inCluster, prometheus: { shards: 3, remoteWrite, query } },
    },
    {
      title: "several, without Grafana nobody asks for everything",
      rest: { ...inCluster, prometheus: { shards: 3 }, grafana: { enabled: false } },
    },
    {
      title: "several, with monitoring switched off",
      rest: { ...inCluster, prometheus: { shards: 3 }, monitoring: { enabled: false } },
    },
    {
      title: "several on one machine",
      rest: { prometheus: { shards: 2, remoteWrite, query } },
      problems: [
        [
          "whalewatch:prometheus.shards",
          "2 shards on Docker",
          "1, or platform: kubernetes: on one machine, more memory does the same",
        ],
      ],
    },
    {
      title: "several, and nobody has everything",
      rest: { ...inCluster, prometheus: { shards: 2 } },
      problems: [
        [
          "whalewatch:prometheus.query",
          "nothing beside 2 shards, none of which has all series that Grafana draws",
          "the url of a store that gets them by prometheus.remoteWrite, or shards: 1",
        ],
        [
          "whalewatch:prometheus.remoteWrite",
          "nothing beside 2 shards, so that no store has all series",
          "the store that prometheus.query asks, or shards: 1",
        ],
      ],
    },
    {
      title: "a query that cannot be read is no missing one",
      rest: { ...inCluster, prometheus: { shards: 2, remoteWrite, query: { url: "mimir" } } },
      problems: [
        [
          "whalewatch:prometheus.query.url",
          '"mimir"',
          "a URL such as https://mimir.example.com/prometheus",
        ],
      ],
    },
    ...[0, 11, 1.5, "2"].map((shards) => ({
      title: `${JSON.stringify(shards)} is no number of shards`,
      rest: { ...inCluster, prometheus: { shards, remoteWrite, query } },
      problems: [["whalewatch:prometheus.shards", JSON.stringify(shards), SHARDS]] as const,
    })),
  ]);
});

describe("where Grafana asks", () => {
  checkProblems([
    { title: "a store elsewhere", rest: { prometheus: { query } } },
    {
      title: "the cluster's own, in the open",
      rest: {
        ...inCluster,
        prometheus: { query: { url: "http://prometheus-operated.monitoring.svc:9090" } },
      },
    },
    {
      title: "in the open elsewhere",
      rest: { prometheus: { query: { url: "http://mimir.example.com" } } },
      problems: [
        [
          "whalewatch:prometheus.query.url",
          '"http://mimir.example.com", which leaves without encryption',
          "https, or http to a Service of the same cluster (http://NAME.NAMESPACE.svc) or to localhost",
        ],
      ],
    },
    {
      title: "Grafana's own container",
      rest: { prometheus: { query: { url: "http://localhost:9090" } } },
      problems: [
        [
          "whalewatch:prometheus.query.url",
          '"http://localhost:9090", which is Grafana itself',
          "an address that Grafana reaches from its own container",
        ],
      ],
    },
    {
      title: "a login without its secret, and one that is not there",
      rest: { prometheus: { query: { ...query, username: "me" } } },
      problems: [
        [
          "whalewatch:prometheus.query.secret",
          "nothing beside username",
          "the stack secret that holds its password",
        ],
      ],
    },
    {
      title: "a secret that the stack does not have",
      rest: { prometheus: { query: { ...query, secret: "token" } } },
      problems: [
        [
          "whalewatch:prometheus.query.secret",
          '"token", which the stack does not have',
          'a name set with "pulumi config set --secret secrets:token"',
        ],
      ],
    },
  ]);
});
