import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { problemsOf, rawFrom, type Values } from "../../support/stack-settings";

const cluster = { platform: "kubernetes" };
const database = "postgres";
const external = { host: "db.example.com", database: "app", user: "app", secret: "password" };
const databaseLogin = { database: "grafana", user: "grafana", secret: "password" };
const ONE_MACHINE = "1, or platform: kubernetes, where they run on machines apart";

describe("Grafana's database", () => {
  for (const [title, values, ...problems] of [
    ["a volume, as by default", { grafana: { database: "volume" } }],
    ["the stack's Postgres", { grafana: { database }, postgres: {} }],
    ["an external Postgres", { grafana: { database, databaseLogin }, postgres: { external } }],
    ["three on one database", { ...cluster, grafana: { database, replicas: 3 }, postgres: {} }],
    ["a file", { grafana: { database: "sqlite" } }, ["database", '"sqlite"', "volume or postgres"]],
    [
      "a Postgres that is not there",
      { grafana: { database } },
      ["database", '"postgres" without a Postgres', "volume, or whalewatch:postgres beside it"],
    ],
    [
      "a Postgres that is switched off",
      { grafana: { database }, postgres: { enabled: false } },
      ["database", '"postgres" without a Postgres', "volume, or whalewatch:postgres beside it"],
    ],
    [
      "an external Postgres without a login",
      { grafana: { database }, postgres: { external } },
      [
        "databaseLogin",
        "nothing beside an external Postgres",
        "database, user and secret of a database there that Grafana owns",
      ],
    ],
    [
      "a login for the stack's own Postgres",
      { grafana: { database, databaseLogin }, postgres: {} },
      [
        "databaseLogin",
        "a login beside the stack's own Postgres",
        "nothing: database, role and password are made there",
      ],
    ],
    [
      "a login for a volume",
      { grafana: { databaseLogin } },
      ["databaseLogin", "a login beside database: volume", "database: postgres"],
    ],
    [
      "a login whose secret is not there",
      {
        grafana: { database, databaseLogin: { ...databaseLogin, secret: "absent" } },
        postgres: { external },
      },
      [
        "databaseLogin.secret",
        '"absent", which the stack does not have',
        'a name set with "pulumi config set --secret secrets:absent"',
      ],
    ],
    [
      "a volume beside the database",
      { grafana: { database, storage: "1Gi" }, postgres: {} },
      ["storage", "a volume beside database: postgres", "one of the two"],
    ],
    [
      "two on one volume",
      { ...cluster, grafana: { replicas: 2 } },
      [
        "replicas",
        "2 replicas, each with users and sessions of its own",
        "1, or grafana.database: postgres, which all of them share",
      ],
    ],
    [
      "two on one engine",
      { grafana: { database, replicas: 2 }, postgres: {} },
      ["replicas", "2 replicas on Docker", ONE_MACHINE],
    ],
  ] satisfies (readonly [string, Values, ...(readonly [string, string, string])[]])[]) {
    test(`${title}: ${problems.length === 0 ? "well" : "refused"}`, () => {
      assert.deepEqual(
        problemsOf(rawFrom(values, ["password"])),
        problems.map(([setting, found, allowed]) => ({
          setting: `whalewatch:grafana.${setting}`,
          found,
          allowed,
        })),
      );
    });
  }

  test("the application's database may not be Grafana's too", () => {
    const values = { grafana: { database }, postgres: { database: "grafana" } };
    assert.deepEqual(problemsOf(rawFrom(values)), [
      {
        setting: "whalewatch:postgres.database",
        found: '"grafana", the database of Grafana too',
        allowed: "another name, or grafana.database: volume",
      },
    ]);
  });

  test("a Postgres with a fault of its own is not reported as missing too", () => {
    const problems = problemsOf(rawFrom({ grafana: { database }, postgres: null }));
    assert.deepEqual(
      problems.map(({ setting }) => setting),
      ["whalewatch:postgres"],
    );
  });
});
