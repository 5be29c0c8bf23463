import assert from "node:assert/strict";
import { test } from "node:test";
import { findWorkload, startsAfter, type Stack } from "../../../model/stack";
import type { Workload } from "../../../model/workload";
import { mountsOf, renderedFile, renderedFiles } from "../../support/rendered";
import { stackFrom, type Values } from "../../support/stack-settings";

const on = (values: Values): Stack => stackFrom({ platform: "kubernetes", ...values }, ["login"]);
const grafana = (stack: Stack): Workload => {
  const found = findWorkload(stack, "grafana");
  assert.ok(found);
  return found;
};
const own = on({ postgres: {}, grafana: { database: "postgres", replicas: 2 } });
const outside = on({
  postgres: { external: { host: "db.example.com", database: "app", user: "app", secret: "login" } },
  grafana: {
    database: "postgres",
    databaseLogin: { database: "dashboards", user: "viewer", secret: "login" },
  },
});
const databaseOf = ({ env }: Workload): Record<string, string> =>
  Object.fromEntries(Object.entries(env).filter(([name]) => name.startsWith("GF_DATABASE_")));

test("with a volume nothing speaks of a database", () => {
  const stack = on({ postgres: {} });
  const { env, volumes, connects, replicas } = grafana(stack);
  assert.deepEqual(databaseOf(grafana(stack)), {});
  assert.deepEqual([env["GF_UNIFIED_ALERTING_EXECUTE_ALERTS"], replicas], [undefined, 1]);
  assert.deepEqual([volumes.length, connects], [1, ["prometheus"]]);
  assert.ok([...renderedFiles(stack).keys()].every((name) => !/postgres-grafana|20-/.test(name)));
});

test("in the stack's Postgres: own database and role, nothing on a volume, the server first", () => {
  const { volumes, scratch, connects, replicas } = grafana(own);
  assert.deepEqual(databaseOf(grafana(own)), {
    GF_DATABASE_TYPE: "postgres",
    GF_DATABASE_HOST: "postgres:5432",
    GF_DATABASE_NAME: "grafana",
    GF_DATABASE_USER: "grafana",
    GF_DATABASE_PASSWORD__FILE: "/run/secrets/postgres-grafana",
    GF_DATABASE_SSL_MODE: "disable",
    GF_DATABASE_MAX_OPEN_CONN: "10",
  });
  assert.deepEqual([volumes, replicas], [[], 2]);
  assert.deepEqual(
    scratch.map(({ path }) => path),
    ["/tmp", "/var/lib/grafana"],
  );
  assert.deepEqual(connects, ["prometheus", "postgres"]);
  assert.deepEqual(startsAfter(grafana(own)), ["postgres"]);
});

test("its role owns its database and no other, and the public nothing", () => {
  assert.equal(
    renderedFile(own, "postgres/docker-entrypoint-initdb.d/20-grafana.sql"),
    `CREATE ROLE grafana LOGIN PASSWORD '[secret]';
CREATE DATABASE grafana OWNER grafana;
REVOKE ALL ON DATABASE grafana FROM PUBLIC;
`,
  );
  const secrets = mountsOf(own, "grafana").find(({ name }) => name === "secrets");
  assert.deepEqual(secrets?.files, {
    "grafana-admin": { parts: [{ generated: "grafana-admin" }] },
    "postgres-grafana": { parts: [{ generated: "postgres-grafana" }] },
  });
});

test("several Grafanas leave alerts to Prometheus, or each would send them", () => {
  assert.equal(grafana(own).env["GF_UNIFIED_ALERTING_EXECUTE_ALERTS"], "false");
});

test("on a Postgres outside: the database and login that were said, and the way to it", () => {
  const { connects, outside: peers } = grafana(outside);
  const found = databaseOf(grafana(outside));
  assert.deepEqual(
    [found["GF_DATABASE_HOST"], found["GF_DATABASE_NAME"], found["GF_DATABASE_USER"]],
    ["db.example.com:5432", "dashboards", "viewer"],
  );
  assert.equal(found["GF_DATABASE_SSL_MODE"], "require");
  assert.deepEqual(connects, ["prometheus"]);
  assert.deepEqual(peers, [{ host: "db.example.com", port: 5432 }]);
  assert.deepEqual(startsAfter(grafana(outside)), []);
  const secrets = mountsOf(outside, "grafana").find(({ name }) => name === "secrets");
  assert.deepEqual(secrets?.files["postgres-grafana"], { parts: [{ declared: "login" }] });
});

test("a Grafana that is not there gets no database", () => {
  for (const changes of [
    { grafana: { enabled: false, database: "postgres" } },
    { grafana: { database: "postgres" }, monitoring: { enabled: false } },
  ]) {
    const files = [...renderedFiles(on({ postgres: {}, ...changes })).keys()];
    assert.ok(files.every((name) => !name.includes("grafana")));
  }
});
