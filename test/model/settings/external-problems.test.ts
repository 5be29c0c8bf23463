import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { problemsOf, rawFrom, service, type Values } from "../../support/stack-settings";

const POSTGRES = { host: "db.example.com", database: "whales", user: "orca", secret: "dbPassword" };
const REDIS = { host: "10.0.4.7", secret: "redisPassword" };
const SECRETS = ["dbPassword", "redisPassword", "watcher"];
const HOST =
  "a DNS name of at least two parts or an IPv4 address, such as db.example.com or 10.0.4.7";
const BESIDE = "a setting of the stack's own server beside external";
const ALONE = "external alone, whose server is set up elsewhere, or no external";
const postgres = (changes: Values): Values => ({
  postgres: { external: { ...POSTGRES, ...changes } },
});
const redis = (changes: Values): Values => ({ redis: { external: { ...REDIS, ...changes } } });

describe("external stores", () => {
  for (const [title, values, ...problems] of [
    ["postgres by name", postgres({})],
    ["postgres by address and port", postgres({ host: "10.0.4.7", port: 6432 })],
    ["postgres of an operator", postgres({ host: "pg-rw.databases.svc.cluster.local" })],
    ["postgres on the host", postgres({ host: "host.docker.internal", sslmode: "disable" })],
    ["postgres with a range", postgres({ cidr: "10.0.4.0/24" })],
    ["a login for the exporter", postgres({ monitoring: { user: "w", secret: "watcher" } })],
    ["redis by address", redis({})],
    ["redis without encryption", redis({ tls: false })],
    ["needed by a service", { ...redis({}), services: { a: service({ needs: ["redis"] }) } }],
    ["a bare name", postgres({ host: "db" }), ["postgres.external.host", '"db"', HOST]],
    ["a URL", redis({ host: "redis://x.y" }), ["redis.external.host", '"redis://x.y"', HOST]],
    [
      "no address at all",
      redis({ host: "10.0.4.256" }),
      ["redis.external.host", '"10.0.4.256"', HOST],
    ],
    [
      "the container itself",
      postgres({ host: "127.0.0.1" }),
      [
        "postgres.external.host",
        '"127.0.0.1", which is each container itself',
        "an address that containers reach; on Docker, host.docker.internal is the host",
      ],
    ],
    ...["10.0.4.0", "10.0.4.0/33", "300.0.0.0/8", "::/0"].map(
      (cidr) =>
        [
          `the range ${cidr}`,
          redis({ cidr }),
          ["redis.external.cidr", JSON.stringify(cidr), "an IPv4 range such as 10.0.4.0/24"],
        ] as const,
    ),
    [
      "a database that SQL could not name",
      postgres({ database: 'a"b' }),
      [
        "postgres.external.database",
        '"a\\"b"',
        "a PostgreSQL name: 1 to 63 letters, digits, _ and -, a letter or _ first",
      ],
    ],
    [
      "a way to encrypt that no client knows",
      postgres({ sslmode: "yes" }),
      ["postgres.external.sslmode", '"yes"', "disable, require or verify-full"],
    ],
    [
      "a secret that the stack does not have",
      redis({ secret: "absent" }),
      [
        "redis.external.secret",
        '"absent", which the stack does not have',
        'a name set with "pulumi config set --secret secrets:absent"',
      ],
    ],
    [
      "an exporter's secret that the stack does not have",
      postgres({ monitoring: { user: "w", secret: "absent" } }),
      [
        "postgres.external.monitoring.secret",
        '"absent", which the stack does not have',
        'a name set with "pulumi config set --secret secrets:absent"',
      ],
    ],
    [
      "settings of the stack's own Postgres",
      { postgres: { external: POSTGRES, storage: "5Gi", database: "x", maxConnections: 20 } },
      ["postgres.storage", BESIDE, ALONE],
      ["postgres.database", BESIDE, ALONE],
      ["postgres.maxConnections", BESIDE, ALONE],
    ],
    [
      "settings of the stack's own Redis",
      {
        redis: {
          external: REDIS,
          image: "redis:8.0.6",
          limits: { memory: "1Gi", cpu: 1 },
          user: "1:1",
          maxmemoryPolicy: "noeviction",
        },
      },
      ["redis.image", BESIDE, ALONE],
      ["redis.limits", BESIDE, ALONE],
      ["redis.user", BESIDE, ALONE],
      ["redis.maxmemoryPolicy", BESIDE, ALONE],
    ],
    [
      "a name that is a store's, external or not",
      { ...redis({}), services: { postgres: service() } },
      ["services.postgres", 'the name "postgres"', undefined],
    ],
  ] satisfies (readonly [string, Values, ...(readonly [string, string, string | undefined])[]])[]) {
    test(`${title}: ${problems.length === 0 ? "well" : "refused"}`, () => {
      const found = problemsOf(rawFrom(values, SECRETS));
      assert.deepEqual(
        found.map(({ setting, found: what }) => [setting, what]),
        problems.map(([setting, what]) => [`whalewatch:${setting}`, what]),
      );
      problems.forEach(([, , allowed], index) => {
        if (allowed !== undefined) assert.equal(found[index]?.allowed, allowed);
      });
    });
  }
});
