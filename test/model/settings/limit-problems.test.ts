import { describe } from "node:test";
import { at, checkProblems } from "../../support/problem-cases";
import { service, type Values } from "../../support/stack-settings";

const ONE_REPLICA =
  "one replica where publish is set; peers reach all replicas by the service's name";
const LEAST = "at least 6Mi, the least that Docker takes";
const wide = (replicas: number, memory: string): Values =>
  service({ replicas, limits: { memory, cpu: 0.1 } });

describe("ports, replicas and volumes of one service", () => {
  checkProblems([
    {
      title: "an api without a port is refused",
      services: { a: service({ port: undefined }) },
      problems: [
        [
          at("a", "port"),
          "nothing",
          "the port that the program listens on, from 1 to 65535; only a worker may have none",
        ],
      ],
    },
    {
      title: "a worker that is published needs a port",
      services: { a: service({ kind: "worker", port: undefined, publish: 8001 }) },
      problems: [
        [
          at("a", "port"),
          "nothing",
          "the port that the program listens on, from 1 to 65535 (publish needs it)",
        ],
      ],
    },
    {
      title: "replicas cannot share one host port",
      services: { a: service({ replicas: 3, publish: 8001 }) },
      problems: [[at("a", "replicas"), "3 replicas on the one host port 8001", ONE_REPLICA]],
    },
    {
      title: "volumes inside one another and inside taken directories are refused",
      services: {
        a: service({
          volumes: {
            models: { path: "/models", storage: "1Gi" },
            cache: { path: "/models/cache", storage: "1Gi" },
            beside: { path: "/models2", storage: "1Gi" },
            keys: { path: "/run/secrets/mine", storage: "1Gi" },
            run: { path: "/run", storage: "1Gi" },
            temporary: { path: "/tmp", storage: "1Gi" },
          },
        }),
      },
      problems: (
        [
          ["cache", "/models/cache", "/models"],
          ["keys", "/run/secrets/mine", "/run/secrets"],
          ["run", "/run", "/run/secrets/mine"],
          ["temporary", "/tmp", "/tmp"],
        ] as const
      ).map(([volume, path, other]) => [
        at("a", `volumes.${volume}.path`),
        `"${path}"`,
        `a directory apart from ${other}, which is mounted already`,
      ]),
    },
  ]);
});

describe("the budget", () => {
  const rest = { monitoring: { enabled: false }, host: { memory: "1Gi" } };
  checkProblems([
    {
      title: "limits that fill the host exactly are well",
      services: { a: wide(3, "256Mi"), b: wide(1, "256Mi") },
      rest,
    },
    {
      title: "limits over the host are refused with the sum, replicas counted",
      services: { a: wide(3, "256Mi"), b: wide(1, "257Mi") },
      rest,
      problems: [
        [
          "whalewatch:host.memory",
          "limits of 1025 MiB together (a 768 + b 257) on a host of 1024 MiB",
          "limits of at most 1024 MiB together, or a larger host.memory",
        ],
      ],
    },
    {
      title: "the least memory that Docker takes is enough",
      services: { a: service({ limits: { memory: "6Mi", cpu: 0.1 } }) },
    },
    {
      title: "less is refused here, for services and programs alike, before Docker does",
      services: { a: service({ limits: { memory: "5Mi", cpu: 0.1 } }) },
      rest: { redis: { limits: { memory: "1Mi", cpu: 0.1 } } },
      problems: [
        [at("a", "limits.memory"), '"5Mi"', LEAST],
        ["whalewatch:redis.limits.memory", '"1Mi"', LEAST],
      ],
    },
    {
      title: "of many workloads the five largest are named, and the rest is one number",
      services: { a: wide(20, "500Mi") },
      rest: { postgres: {}, redis: {} },
      problems: [
        [
          "whalewatch:host.memory",
          "limits of 11184 MiB together (a 10000 + grafana 256 + postgres 256 + prometheus 256 + redis 128 + others 288) on a host of 8192 MiB",
          "limits of at most 8192 MiB together, or a larger host.memory",
        ],
      ],
    },
    {
      title: "an unreadable host is not measured against the default one",
      services: { a: wide(20, "500Mi") },
      rest: { host: { memory: "64GB" } },
      problems: [
        [
          "whalewatch:host.memory",
          '"64GB"',
          "a size in Mi, Gi or Ti such as 512Mi or 1.5Gi, at least 1Mi, in whole Mi",
        ],
      ],
    },
  ]);
});

describe("monitoring", () => {
  checkProblems([
    {
      title: "a scrape a minute is the rarest",
      rest: { prometheus: { scrapeInterval: "60s" } },
    },
    {
      title: "a rarer scrape is refused: rules would see too few samples",
      rest: { prometheus: { scrapeInterval: "61s" } },
      problems: [
        [
          "whalewatch:prometheus.scrapeInterval",
          '"61s"',
          "at most 1m: alerts look at 5m, which must hold four samples",
        ],
      ],
    },
    {
      title: "Prometheus cannot be switched off alone",
      rest: { prometheus: { enabled: false } },
      problems: [
        [
          "whalewatch:prometheus.enabled",
          "false",
          "true, since all that watches draws on it; monitoring.enabled: false takes all of it away",
        ],
      ],
    },
    {
      title: "Prometheus may be off where all monitoring is",
      rest: { prometheus: { enabled: false }, monitoring: { enabled: false } },
    },
  ]);
});
