import assert from "node:assert/strict";
import { test } from "node:test";
import { keepGrafanaPassword } from "../../../cli/backup/grafana-users";
import { GRAFANA_PASSWORD_PROGRAM } from "../../../cli/rotate/grafana-password";
import { UserError } from "../../../cli/user-error";
import { declareStack } from "../../support/declared-stack";
import { FakePlatform } from "./fake-platform";

const APPLIED = `grafana: sh -c ${GRAFANA_PASSWORD_PROGRAM}`;
const NOT_LONG = { withinMs: 20, everyMs: 1 };

const onVolume = declareStack({ postgres: {} });
const inPostgres = declareStack({ postgres: {}, grafana: { database: "postgres" } });
const login = { database: "grafana", user: "grafana", secret: "login" };
const outside = declareStack(
  {
    postgres: { external: { host: "db.example.com", database: "app", user: "app", secret: "app" } },
    grafana: { database: "postgres", databaseLogin: login },
  },
  ["app", "login"],
);
const unmonitored = declareStack({ postgres: {}, monitoring: { enabled: false } });

const volume = { kind: "volume", workload: "grafana", name: "/var/lib/grafana" } as const;
const database = { kind: "database", workload: "postgres", name: "grafana" } as const;
const others = [
  { kind: "roles", workload: "postgres", name: "roles" },
  { kind: "database", workload: "postgres", name: "app" },
  { kind: "volume", workload: "redis", name: "/data" },
] as const;

/** A platform whose Grafana is in these states one after the other, and then stays in the last. */
function platformOf(states: readonly string[], refusal = "") {
  const platform = new FakePlatform(() => (refusal === "" ? "" : new UserError(refusal)));
  const ahead = [...states];
  const running = () => {
    const state = (ahead.length > 1 ? ahead.shift() : ahead[0]) ?? "gone";
    platform.steps.push(`grafana is ${state}`);
    return Promise.resolve([
      { workload: "grafana", state, memoryMiB: undefined, limitMiB: undefined },
    ]);
  };
  const { execute, steps } = platform;
  return { execute, steps, running, wellWord: "healthy" };
}

for (const [what, stack, entries, applied] of [
  ["its volume", onVolume, [...others, volume], true],
  ["its database in Postgres", inPostgres, [...others, database], true],
  ["neither", inPostgres, others, false],
  ["a database that it does not use", onVolume, [...others, database], false],
  ["a database, and it uses one outside", outside, [...others, database], false],
  ["a database, and there is no Grafana", unmonitored, [...others, database], false],
] as const) {
  test(`a restore of ${what}: the administrator ${applied ? "gets the stack's password" : "is left alone"}`, async () => {
    const platform = platformOf(["healthy"]);
    await keepGrafanaPassword({ entries, stack, platform });
    assert.deepEqual(platform.steps, applied ? ["grafana is healthy", APPLIED] : []);
  });
}

test("the password waits until Grafana has found its database again", async () => {
  const platform = platformOf(["unhealthy", "starting", "healthy"]);
  const patience = { withinMs: 60_000, everyMs: 1 };
  await keepGrafanaPassword({ entries: [database], stack: inPostgres, platform }, patience);
  const steps = ["grafana is unhealthy", "grafana is starting", "grafana is healthy", APPLIED];
  assert.deepEqual(platform.steps, steps);
});

test("where Grafana does not get well it is tried all the same; a refusal says what to do", async () => {
  const platform = platformOf(["unhealthy"], "no such table: user");
  await assert.rejects(
    keepGrafanaPassword({ entries: [database], stack: inPostgres, platform }, NOT_LONG),
    {
      name: "UserError",
      message:
        "Grafana's administrator did not get the password that the stack has: no such table: user\nTo give it another: npm run rotate -- grafana --stack try",
    },
  );
  assert.equal(platform.steps.at(-1), APPLIED);
});
