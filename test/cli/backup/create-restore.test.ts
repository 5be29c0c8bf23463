import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { test, type TestContext } from "node:test";
import { checkFiles } from "../../../cli/backup/check-backup";
import { createBackup } from "../../../cli/backup/create-backup";
import { dataHolders } from "../../../cli/backup/holders";
import { readManifest } from "../../../cli/backup/manifest";
import { restoreBackup } from "../../../cli/backup/restore-backup";
import { UserError } from "../../../cli/user-error";
import { declareStack, projectStack } from "../../support/declared-stack";
import { temporaryFolder } from "../../support/temporary-folder";
import { type Answer, FakePlatform } from "./fake-platform";

const stack = declareStack({ monitoring: { enabled: false }, postgres: {}, redis: {} });
const silent = () => undefined;
const unbroken = new AbortController().signal;

/** A server with the databases postgres, which is empty, and app. */
const server: Answer = (command, input) => {
  if (command.includes("pg_dump")) return "the dump of app";
  if (command.includes("pg_dumpall")) return "CREATE ROLE app;\n";
  if (input.includes("server_version_num")) return "180006\n";
  if (input.includes("datistemplate")) return "app\npostgres\n";
  if (input.includes("NOT EXISTS")) return command.includes("PGDATABASE=postgres") ? "t\n" : "f\n";
  if (input.includes("quote_ident")) return "app\npostgres\n";
  if (input.includes("count(*)")) return "1\n";
  return "";
};

async function backedUp(context: TestContext, platform = new FakePlatform(server)) {
  const folder = path.join(temporaryFolder(context), "backup");
  platform.volumes.set("redis:/data", "old rows");
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  await createBackup({
    stack,
    platform,
    holders: dataHolders(stack, undefined),
    folder,
    interrupted: unbroken,
    say,
  });
  return { folder, said };
}

test("a backup holds a dump of each database that is not empty, the roles and each volume", async (context) => {
  const { folder, said } = await backedUp(context);
  const { project, stack: name, entries } = readManifest(folder);
  assert.deepEqual([project, name], [stack.project, stack.name]);
  assert.deepEqual(
    entries.map((entry) => [entry.workload, entry.kind, entry.name, entry.version, entry.file]),
    [
      ["postgres", "roles", "roles", "18", "postgres.roles.sql"],
      ["postgres", "database", "app", "18", "postgres.app.dump"],
      ["redis", "volume", "/data", "redis:8.0.6", "redis.data.tar"],
    ],
  );
  assert.equal(readFileSync(path.join(folder, "postgres.app.dump"), "utf8"), "the dump of app");
  assert.deepEqual(await checkFiles(folder, entries), []);
  assert.deepEqual(
    [statSync(folder).mode & 0o777, statSync(path.join(folder, "redis.data.tar")).mode & 0o777],
    [0o700, 0o600],
  );
  assert.match(said.join("\n"), /^postgres: database app, 0\.0 MiB in 0\.\d s$/m);
});

test("a dump that cannot be read back leaves no backup", async (context) => {
  const platform = new FakePlatform((command, input) =>
    command.includes("pg_restore") ? new UserError("a block is damaged") : server(command, input),
  );
  const parent = temporaryFolder(context);
  const folder = path.join(parent, "backup");
  const holders = dataHolders(stack, undefined);
  await assert.rejects(
    createBackup({ stack, platform, holders, folder, interrupted: unbroken, say: silent }),
    /a block is damaged/,
  );
  assert.deepEqual(readdirSync(parent), []);
});

async function restored(
  context: TestContext,
  platform: FakePlatform,
  interrupted = unbroken,
): Promise<string> {
  const { folder } = await backedUp(context);
  platform.volumes.set("redis:/data", "new rows");
  const aside = temporaryFolder(context);
  const { entries } = readManifest(folder);
  await restoreBackup({ platform, folder, entries, aside, interrupted, say: silent });
  return aside;
}

test("a restore puts aside what was there, and then everything in its place", async (context) => {
  const platform = new FakePlatform(server);
  const aside = await restored(context, platform);
  assert.equal(platform.volumes.get("redis:/data"), "old rows");
  assert.equal(readFileSync(path.join(aside, "redis.data.tar"), "utf8"), "new rows");
  const statements = platform.steps.join("\n");
  assert.match(statements, /RENAME TO :"aside";[^]*pg_restore .*--create.* < the dump of app/);
  assert.match(statements, /--set database=app --set aside=app_before_\d{14}/);
  assert.doesNotMatch(statements, /DROP DATABASE|CREATE ROLE/);
});

/** The platform, of which one step interrupts everything. */
function interruptedAt(step: RegExp) {
  const interruption = new AbortController();
  const platform = new FakePlatform(server);
  const { push } = platform.steps;
  platform.steps.push = (...steps) => {
    if (steps.some((done) => step.test(done))) interruption.abort(new UserError("Interrupted."));
    return push.apply(platform.steps, steps);
  };
  return { platform, interrupted: interruption.signal };
}

test("a backup that is interrupted leaves nothing, and what is somebody else's alone", async (context) => {
  const { platform, interrupted } = interruptedAt(/^copy redis/);
  const parent = temporaryFolder(context, { "backup.partial/mine": "" });
  const folder = path.join(parent, "backup");
  const holders = dataHolders(stack, undefined);
  await assert.rejects(
    createBackup({ stack, platform, holders, folder, interrupted, say: silent }),
    new UserError("Interrupted."),
  );
  assert.deepEqual(readdirSync(parent), ["backup.partial"]);
});

for (const [when, step] of [
  ["between two parts", /pg_restore .*--create/],
  ["during the last part", /^replace redis:\/data with old rows/],
] as const) {
  test(`a restore that is interrupted ${when} is taken back`, async (context) => {
    const { platform, interrupted } = interruptedAt(step);
    await assert.rejects(
      restored(context, platform, interrupted),
      new UserError("The restore failed: Interrupted.\nEverything is as it was before."),
    );
    assert.equal(platform.volumes.get("redis:/data"), "new rows");
    assert.match(platform.steps.at(-1) ?? "", /RENAME TO :"database"/);
  });
}

test("where a part fails, all that was restored before it is put back", async (context) => {
  const platform = new FakePlatform(server);
  platform.refused.add("old rows");
  await assert.rejects(restored(context, platform), {
    name: "UserError",
    message: /^The restore failed: redis did not become healthy\nEverything is as it was before\.$/,
  });
  assert.equal(platform.volumes.get("redis:/data"), "new rows");
  const last = platform.steps.slice(-3).join("\n");
  assert.match(last, /^replace redis:\/data with new rows\n/);
  assert.match(
    last,
    /DROP DATABASE IF EXISTS :"database" WITH \(FORCE\);\n.*RENAME TO :"database"/,
  );
});

test("what cannot be put back is named, and nothing is called as before", async (context) => {
  const platform = new FakePlatform(server);
  platform.refused.add("old rows").add("new rows");
  await assert.rejects(restored(context, platform), {
    name: "UserError",
    message:
      "The restore failed: redis did not become healthy\nThis could not be put back:\n  redis did not become healthy",
  });
  assert.match(platform.steps.at(-1) ?? "", /RENAME TO :"database"/);
});

test("a database that cannot be renamed is opened again, and nothing is dropped", async (context) => {
  const platform = new FakePlatform((command, input) =>
    input.includes('RENAME TO :"aside"') ? new UserError("in use") : server(command, input),
  );
  await assert.rejects(restored(context, platform), /in use\nEverything is as it was before\.$/);
  const [last = ""] = platform.steps.slice(-1);
  assert.match(last, /< ALTER DATABASE :"database" WITH ALLOW_CONNECTIONS true;$/);
  assert.doesNotMatch(platform.steps.join("\n"), /DROP DATABASE/);
});

test("everything that keeps data is copied but the copies, or what is asked for", () => {
  const names = (only?: string) => dataHolders(projectStack("prod"), only).map(({ name }) => name);
  assert.deepEqual(names(), ["postgres", "redis", "alertmanager", "prometheus", "grafana"]);
  assert.deepEqual(names("redis, postgres"), ["postgres", "redis"]);
  assert.throws(() => names("redis,postgres-backup,api"), {
    message:
      /^--only: found postgres-backup, api; allowed: postgres, redis, alertmanager, prometheus, grafana\.$/,
  });
});
