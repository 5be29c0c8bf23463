import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { CLUSTER_STACK, clusterQuery, inPod, kubectl, pods, tier } from "../support/cluster";
import { takenInDryRun } from "../support/dry-run";
import { eventually, succeeds } from "../support/command";
import { keepsakeIsThere, leaveKeepsake } from "../support/postgres";
import { ProdStack } from "../support/prod-stack";
import { backups } from "./prod-stack/backups";
import { data } from "./prod-stack/data";
import { drift } from "./prod-stack/drift";
import { healing } from "./prod-stack/healing";
import { panels } from "./prod-stack/panels";
import { rolling } from "./prod-stack/rolling";

const stack = new ProdStack();

describe("the prod stack in a real cluster", { concurrency: 1 }, () => {
  before(() => stack.prepare());
  after(() => stack.remove());

  test("the API server takes every rendered object in a dry run", async () => {
    const taken = await takenInDryRun(CLUSTER_STACK);
    assert.ok(taken.length > 60, `${taken.length} objects`);
  });

  test("comes up from nothing with every pod ready", async () => {
    await succeeds(stack.up());
    await stack.ready(60);
  });

  test("scrapes every target and probes every service", async () => {
    await stack.everyTargetUp(90);
    const probes = await clusterQuery('count(probe_success{job="probe"} == 1)');
    assert.deepEqual(probes, ["3"]);
  });

  panels(stack);

  test("changes nothing the second time, refreshed or not", async () => {
    await succeeds(stack.pulumi("preview", "--expect-no-changes"));
    await succeeds(stack.pulumi("preview", "--refresh", "--expect-no-changes"));
  });

  test("rolls the one workload whose configuration changes", async () => {
    await leaveKeepsake();
    const earlier = await pods();
    // Its policy would change the alerts too, and with them a page of Grafana's.
    stack.set(["whalewatch:redis", "limits", "memory"], "192Mi");
    await succeeds(stack.up());
    const later = await stack.ready(60);
    const uids = (all: typeof earlier) => all.map(({ uid }) => uid);
    const gone = earlier.filter(({ uid }) => !uids(later).includes(uid));
    assert.deepEqual(
      gone.map(({ workload }) => workload),
      ["redis"],
    );
  });

  test("brings a changed job to the running Prometheus", async () => {
    const earlier = (await pods()).filter(({ workload }) => workload === "prometheus");
    stack.set(["whalewatch:services", "resnet-v1", "health"], "/live");
    await succeeds(stack.up());
    await eventually(150, async () => {
      const config = await inPod(
        "prometheus",
        "wget",
        "-qO-",
        "http://localhost:9090/api/v1/status/config",
      );
      assert.match(config, /http:\/\/resnet-v1:8000\/live/);
    });
    const later = (await pods()).filter(({ workload }) => workload === "prometheus");
    assert.deepEqual(later.map(({ uid }) => uid).sort(), earlier.map(({ uid }) => uid).sort());
  });

  rolling(stack);
  drift(stack);
  backups();
  data(stack);
  healing(stack);

  test("goes down and keeps the claims; the next up finds its data", async () => {
    await succeeds(stack.pulumi("destroy", "--yes", "--exclude-protected"));
    assert.deepEqual(await pods(), []);
    const claims = await kubectl("get", "pvc", "-n", tier("stores"), "-o", "name");
    assert.match(claims, /data-postgres-0/);
    assert.match(claims, /data-postgres-backup/);
    await succeeds(stack.up());
    await stack.ready(60);
    await keepsakeIsThere();
  });
});
