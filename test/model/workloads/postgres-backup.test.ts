import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { describeSchedule, runDeadline } from "../../../model/schedule";
import { findWorkload, startsAfter } from "../../../model/stack";
import { problemsOf, rawFrom, stackFrom, type Values } from "../../support/stack-settings";

const backupOf = (backup: Values, postgres: Values = {}) =>
  findWorkload(stackFrom({ postgres: { ...postgres, backup } }), "postgres-backup");

test("there are backups where they are declared, and only there", () => {
  assert.equal(findWorkload(stackFrom({ postgres: {} }), "postgres-backup"), undefined);
  assert.equal(findWorkload(stackFrom({}), "postgres-backup"), undefined);
  assert.equal(backupOf({}, { enabled: false }), undefined);
  assert.ok(backupOf({}));
});

test("a backup is made once a day by the server's own image, and keeps a week", () => {
  const workload = backupOf({}, { image: "example/postgres:18.9", user: "70:70" });
  assert.ok(workload?.schedule);
  assert.equal(describeSchedule(workload.schedule), "every 1d, 02:30 UTC");
  assert.equal(runDeadline(workload.schedule).toString(), "12h");
  assert.deepEqual(
    [workload.image, workload.user, workload.env["KEEP"], workload.limits.memory.toString()],
    ["example/postgres:18.9", { uid: 70, gid: 70 }, "7", "128Mi"],
  );
});

test("it reaches the server alone, by no port is reached itself, and waits for nobody", () => {
  const workload = backupOf({});
  assert.ok(workload);
  const { connects, ports, internet, health } = workload;
  assert.deepEqual([connects, ports, internet, health], [["postgres"], [], false, undefined]);
  assert.deepEqual(startsAfter(workload), []);
});

test("the exporter asks for the newest backup where there are any", () => {
  const asks = (postgres: Values) =>
    findWorkload(stackFrom({ postgres }), "postgres-exporter")?.env[
      "PG_EXPORTER_EXTEND_QUERY_PATH"
    ];
  assert.equal(asks({}), undefined);
  assert.equal(asks({ backup: {} }), "/etc/postgres-exporter/queries.yaml");
});

describe("what cannot be is refused by its name", () => {
  const external = { host: "db.example.com", database: "app", user: "app", secret: "db" };
  for (const [backup, setting, postgres] of [
    [{ schedule: { every: "5h" } }, "schedule.every", {}],
    [{ schedule: { at: "2:30" } }, "schedule.at", {}],
    [{ schedule: { cron: "0 2 * * *" } }, "schedule.cron", {}],
    [{ keep: 0 }, "keep", {}],
    [{ storage: "much" }, "storage", {}],
    [{}, undefined, { external }],
  ] as const) {
    test(`${JSON.stringify(backup)} ${Object.keys(postgres).join("")}`, () => {
      const problems = problemsOf(rawFrom({ postgres: { ...postgres, backup } }, ["db"]));
      const name = ["whalewatch:postgres.backup", setting].filter(Boolean).join(".");
      assert.deepEqual(
        problems.map((problem) => problem.setting),
        [name],
      );
    });
  }
});
