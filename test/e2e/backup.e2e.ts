import assert from "node:assert/strict";
import { readFileSync, rmSync, truncateSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { after, before, describe, test } from "node:test";
import { temporaryFolder } from "../support/temporary-folder";
import { eventually, run, succeeds } from "./support/command";
import { ROW_WRITER, rowsWritten, WriterLog } from "./support/row-writer";
import { SmallStack } from "./support/small-stack";

/** How long writes may fail while Postgres restarts with other passwords, and the writer after it. */
const RESTART_WITHIN_MS = 30_000;

const stack = new SmallStack("e2e-backup");
const FILE = `Pulumi.${stack.name}.yaml`;
const SETTINGS = `  whalewatch:monitoring: { enabled: false }
  whalewatch:postgres: { limits: { memory: 128Mi, cpu: 1 } } # kept by a rotation
  whalewatch:redis: { limits: { memory: 64Mi, cpu: 0.5 } }
  whalewatch:services:${ROW_WRITER}`;

const redis = (...command: string[]) =>
  stack.execute(
    "redis",
    ...["sh", "-c", 'REDISCLI_AUTH="$(cat /run/secrets/redis)" redis-cli "$@"', "redis-cli"],
    ...command,
  );
const passwordOf = (workload: string, secret: string) =>
  stack.execute(workload, "cat", `/run/secrets/${secret}`);

const MAY_READ = "SELECT has_table_privilege('reader', 'rows', 'SELECT')";
/** How many rows there are, a digest of all of them, and when the last one was written. */
const content = (where = "") =>
  stack.psql(
    `SELECT count(*), md5(string_agg(n::text || at::text, ',' ORDER BY n)), max(at) FROM rows ${where}`,
  );

describe("passwords and data of a small stack", { concurrency: 1 }, () => {
  before(async () => {
    stack.declare(SETTINGS);
    await succeeds(stack.whalewatch("up", "--yes"));
  });

  after(async () => {
    rmSync(`backups/${stack.name}`, { recursive: true, force: true });
    await stack.remove();
  });

  test("Postgres' passwords are replaced under a client that writes every 100 ms", async () => {
    await rowsWritten(stack, 20);
    const log = new WriterLog(stack);
    const earlier = await passwordOf("writer", "postgres-app");
    const output = await succeeds(stack.whalewatch("rotate", "postgres", "--yes"));
    log.follow();
    assert.match(output, /restarted postgres, writer\./);
    assert.notEqual(await passwordOf("writer", "postgres-app"), earlier);
    assert.match(readFileSync(FILE, "utf8"), /# kept by a rotation/);
    assert.match(readFileSync(FILE, "utf8"), /postgres: 1/);

    await sleep(5000);
    const writes = await log.end();
    const failed = writes.filter(({ written }) => !written).map(({ at }) => at);
    const gap = longestGap(writes.filter(({ written }) => written).map(({ at }) => at));
    console.log(
      `${writes.length} writes, ${failed.length} failed, none for ${gap.to - gap.from} ms`,
    );
    assert.ok(gap.to - gap.from < RESTART_WITHIN_MS, JSON.stringify(gap));
    assert.deepEqual(
      failed.filter((at) => at < gap.from || at > gap.to),
      [],
      "failed outside it",
    );
    const later = writes.filter(({ at }) => at > gap.to);
    assert.ok(later.length > 20, `${later.length} writes after the restart`);
    await succeeds(run("docker", ["start", stack.container("writer")]));

    const login = `PGPASSWORD=${earlier} psql -h postgres -U app -d app -c 'SELECT 1'`;
    const { code, output: refusal } = await run("docker", [
      ...["exec", stack.container("writer"), "sh", "-c", login],
    ]);
    assert.deepEqual([code, /password authentication failed/.test(refusal)], [2, true], refusal);
  });

  test("Redis' password is replaced by a rotation that was killed half way and run again", async () => {
    await redis("SET", "keepsake", "whale");
    const earlier = await passwordOf("redis", "redis");
    const container = () => run("docker", ["inspect", "-f", "{{.Id}}", stack.container("redis")]);
    const { output: before } = await container();
    const { child, ended } = stack.start("rotate", "redis", "--yes");
    await eventually(60, async () => assert.notEqual((await container()).output, before));
    assert.ok(child.pid !== undefined);
    process.kill(-child.pid, "SIGKILL");
    await ended;
    const output = await succeeds(stack.whalewatch("rotate", "redis", "--yes"));
    assert.match(output, /Going on with rotation 1, which was interrupted/);
    assert.match(readFileSync(FILE, "utf8"), /redis: 1$/m);
    assert.notEqual(await passwordOf("redis", "redis"), earlier);
    assert.equal(await redis("GET", "keepsake"), "whale");
    const old = await stack.execute(
      "redis",
      "redis-cli",
      "--no-auth-warning",
      "-a",
      earlier,
      "PING",
    );
    assert.match(old, /WRONGPASS|NOAUTH/);
  });

  test("a backup outlives the stack: rows and digests are the same in a new one", async () => {
    await stack.psql("CREATE ROLE reader; GRANT SELECT ON rows TO reader");
    const folder = temporaryFolder({ after });
    const archive = path.join(folder, "backup");
    await run("docker", ["stop", stack.container("writer")]);
    const [rows, reader] = [await content(), await stack.psql(MAY_READ)];
    const output = await succeeds(stack.whalewatch("backup", "--out", archive));
    assert.match(output, /postgres: database app, \d+\.\d MiB in \d/);
    assert.match(output, /redis: volume \/data, /);
    assert.equal(await redis("GET", "keepsake"), "whale", "redis goes on after it was frozen");

    await succeeds(stack.whalewatch("down", "--yes", "--delete-data"));
    await succeeds(stack.whalewatch("up", "--yes"));
    assert.equal(await redis("GET", "keepsake"), "");
    await rowsWritten(stack, 1);
    assert.notEqual(await content(), rows);

    const restored = await succeeds(stack.whalewatch("restore", archive, "--yes"));
    assert.match(restored, /postgres: made the roles reader, without passwords/);
    assert.match(restored, /postgres: what app was before is app_before_\d{14}/);
    assert.equal(await redis("GET", "keepsake"), "whale");
    await run("docker", ["stop", stack.container("writer")]);
    assert.equal(await content(`WHERE at <= '${rows.split("|")[2] ?? ""}'`), rows);
    assert.equal(await stack.psql(MAY_READ), reader);
    const written = Number(await stack.psql("SELECT count(*) FROM rows"));
    await run("docker", ["start", stack.container("writer")]);
    await rowsWritten(stack, written + 5);
  });

  test("what does not fit is refused, and what fails is put back", async () => {
    const folder = temporaryFolder({ after });
    const archive = path.join(folder, "backup");
    await succeeds(stack.whalewatch("backup", "--only", "redis", "--out", archive));
    await redis("SET", "keepsake", "newer");
    const file = path.join(archive, "redis.data.tar");
    truncateSync(file, 512);
    const { code, output } = await stack.whalewatch("restore", archive, "--yes");
    assert.equal(code, 1);
    assert.match(output, /redis\.data\.tar has 512 bytes; the backup had \d+/);
    assert.equal(await redis("GET", "keepsake"), "newer");
  });

  test("data of one major version is not handed to a server of another", async () => {
    stack.declare(
      SETTINGS.replace("whalewatch:postgres: {", "whalewatch:postgres: { image: postgres:19.0,"),
    );
    const { code, output } = await stack.whalewatch("up", "--yes");
    stack.declare(SETTINGS);
    assert.equal(code, 1);
    assert.match(output, /postgres\.image is postgres:19\.0, and the data is of PostgreSQL 18/);
    assert.match(output, /npm run backup -- --stack e2e-backup; then npm run down/);
  });
});

/** The longest time between two of these. */
function longestGap(times: readonly number[]): { from: number; to: number } {
  let longest = { from: times[0] ?? 0, to: times[0] ?? 0 };
  times.forEach((to, index) => {
    const from = times[index - 1] ?? to;
    if (to - from > longest.to - longest.from) longest = { from, to };
  });
  return longest;
}
