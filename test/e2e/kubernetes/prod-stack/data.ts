import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { CLUSTER_STACK, inPod } from "../../support/cluster";
import { eventually, succeeds, whalewatch } from "../../support/command";
import { keepsake, leaveKeepsake, psql } from "../../support/postgres";
import type { ProdStack } from "../../support/prod-stack";

const ON_STACK = ["--stack", CLUSTER_STACK];

/** Passwords and data by the project's own commands. */
export function data(stack: ProdStack): void {
  test("a backup on this machine brings back what was deleted", async () => {
    await leaveKeepsake();
    const before = await keepsake();
    const folder = mkdtempSync(path.join(tmpdir(), "whalewatch-backup-"));
    const archive = path.join(folder, "backup");
    const all = await whalewatch(["backup", ...ON_STACK, "--out", archive]);
    assert.equal(all.code, 1);
    assert.match(all.output, /On Kubernetes only Postgres is copied: --only postgres/);
    await succeeds(whalewatch(["backup", "--only", "postgres", ...ON_STACK, "--out", archive]));
    await psql("DELETE FROM keepsake WHERE n % 2 = 0");
    await succeeds(whalewatch(["restore", archive, ...ON_STACK, "--yes"])).finally(() => {
      rmSync(folder, { recursive: true });
    });
    assert.equal(await keepsake(), before);
  });

  test("new passwords of Postgres reach everybody who has them", async () => {
    const password = () => inPod("postgres", "cat", "/run/secrets/postgres-superuser");
    const earlier = await password();
    await succeeds(whalewatch(["rotate", "postgres", ...ON_STACK, "--yes"]));
    // The command counted it in the file; so must the next change by a test.
    stack.set(["whalewatch:rotations", "postgres"], 1);
    await stack.ready(60);
    assert.notEqual(await password(), earlier);
    await eventually(60, async () => {
      const up = await inPod("postgres-exporter", "wget", "-qO-", "http://localhost:9187/metrics");
      assert.match(up, /^pg_up 1$/m);
    });
  });
}
