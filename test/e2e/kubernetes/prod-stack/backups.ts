import assert from "node:assert/strict";
import { test } from "node:test";
import { clusterQuery, kubectl, tier } from "../../support/cluster";
import { eventually, run, succeeds } from "../../support/command";
import { keepsake, psql } from "../../support/postgres";

const STORES = tier("stores");
const NAME = /^finished (\d{8}T\d{6}Z): (\d+) bytes, databases: app postgres$/m;

async function ended(job: string): Promise<string> {
  const name = `job/${job}`;
  const wait = ["--for=condition=complete", "--timeout=120s"];
  const { code, output } = await run("kubectl", ["wait", "-n", STORES, ...wait, name]);
  const log = await kubectl("logs", "-n", STORES, name, "--tail=50");
  assert.equal(code, 0, `${output}\n${log}`);
  return log;
}

/** docs/backups.md, word for word where it can be. */
export function backups(): void {
  test("a backup by the CronJob's own pods brings back a database that was dropped", async () => {
    const before = await keepsake();
    await kubectl("create", "job", "-n", STORES, "--from", "cronjob/postgres-backup", "by-hand");
    const [, backup = "", bytes] = NAME.exec(await ended("by-hand")) ?? [];
    assert.ok(Number(bytes) > 1000, "the backup has something in it");

    await psql("DROP DATABASE app WITH (FORCE)", "postgres");
    const args = JSON.stringify(["sh", "/etc/postgres-backup/restore.sh", backup, "app"]);
    const patch = `[{"op": "replace", "path": "/spec/template/spec/containers/0/args", "value": ${args}}]`;
    const sequence = `set -o pipefail
kubectl create job --namespace ${STORES} --from cronjob/postgres-backup restore --dry-run=client --output json |
  kubectl patch --local --filename - --type json --output json --patch '${patch}' |
  kubectl create --filename -`;
    await succeeds(run("bash", ["-c", sequence]));
    assert.match(await ended("restore"), new RegExp(`^restored app from ${backup}$`, "m"));
    await eventually(60, async () => {
      assert.equal(await keepsake(), before);
    });
  });

  test("Prometheus knows when the newest backup ended and how large it is", async () => {
    await eventually(90, async () => {
      const [age] = await clusterQuery("time() - pg_backup_last_success_timestamp_seconds");
      assert.ok(Number(age) > 0 && Number(age) < 600, age);
      const [bytes] = await clusterQuery("pg_backup_last_size_bytes");
      assert.ok(Number(bytes) > 1000, bytes);
    });
  });
}
