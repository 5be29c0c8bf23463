import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { parseDocument, type Document } from "yaml";
import { z } from "zod";
import { KUBELET_JOBS } from "../../../model/workloads/kubelet";
import type { Plan } from "../../../cli/plan/plan";
import {
  allReady,
  CLUSTER_STACK,
  clusterQuery,
  inPod,
  kubectl,
  pods,
  tier,
} from "../support/cluster";
import { eventually, run, succeeds, whalewatch } from "../support/command";

const FILE = `Pulumi.${CLUSTER_STACK}.yaml`;
const GRAFANA_IMAGE = "grafana/grafana:12.4.3-standin";
/** Debian's Prometheus, which the lab's other image has, knows no Kubernetes. */
const PROMETHEUS_IMAGE = "prom/prometheus:v3.5.3-kubernetes";
const KEEPSAKE_ROWS = "1000";
const TIERS = ["services", "stores", "monitoring", "host"];

const document: Document = parseDocument(readFileSync("Pulumi.prod.yaml", "utf8"));
let plan: Plan;
let replicas: ReadonlyMap<string, number>;

function set(keys: readonly string[], value: unknown): void {
  document.setIn(["config", ...keys], value);
  writeFileSync(FILE, document.toString());
}

const pulumi = (...args: string[]) =>
  run("pulumi", [...args, "--stack", CLUSTER_STACK, "--non-interactive"]);
const up = () => pulumi("up", "--yes", "--skip-preview");

const psql = (sql: string) =>
  inPod(
    "postgres",
    "psql",
    "-h",
    "/var/run/postgresql",
    "-U",
    "postgres",
    "-d",
    "app",
    "-tAc",
    sql,
  );

async function keepsakeIsThere(): Promise<void> {
  await eventually(60, async () => {
    assert.equal((await psql("SELECT count(*) FROM keepsake")).trim(), KEEPSAKE_ROWS);
  });
}

async function everyTargetUp(seconds: number): Promise<void> {
  const expected = plan.targets.reduce(
    (sum, { workload }) => sum + (replicas.get(workload) ?? 0),
    0,
  );
  const shape = z.object({
    data: z.object({
      activeTargets: z.array(
        z.object({ labels: z.record(z.string(), z.string()), health: z.string() }),
      ),
    }),
  });
  const url = "http://localhost:9090/api/v1/targets?state=active";
  await eventually(seconds, async () => {
    const { data } = shape.parse(JSON.parse(await inPod("prometheus", "wget", "-qO-", url)));
    const beside = ["probe", ...Object.values<string>(KUBELET_JOBS)];
    const scraped = data.activeTargets.filter(
      ({ labels }) => !beside.includes(labels["job"] ?? ""),
    );
    const down = scraped.filter(({ health }) => health !== "up");
    assert.deepEqual([scraped.length, down], [expected, []]);
  });
}

describe("the prod stack in a real cluster", { concurrency: 1 }, () => {
  before(async () => {
    document.setIn(["config", "whalewatch:kubernetes", "context"], "whalewatch");
    // The lab has no controller that would carry requests in.
    document.deleteIn(["config", "whalewatch:kubernetes", "route"]);
    document.setIn(["config", "whalewatch:grafana", "image"], GRAFANA_IMAGE);
    document.setIn(["config", "whalewatch:prometheus", "image"], PROMETHEUS_IMAGE);
    for (const service of ["efficientnet-v1", "efficientnet-v2", "resnet-v1"]) {
      document.deleteIn(["config", "whalewatch:services", service, "host"]);
      set(["whalewatch:services", service, "image"], "whalewatch/model-api:1.0.0");
    }
    const text = await succeeds(whalewatch(["plan", "--stack", CLUSTER_STACK, "--json"]));
    plan = JSON.parse(text) as Plan;
    replicas = new Map(plan.workloads.map((workload) => [workload.name, workload.replicas]));
    await succeeds(run("pulumi", ["stack", "select", "--create", CLUSTER_STACK]));
  });

  after(async () => {
    await pulumi("state", "unprotect", "--all", "--yes");
    const { code, output } = await pulumi("destroy", "--yes");
    if (code !== 0) console.error(output);
    for (const name of TIERS) {
      await kubectl("delete", "namespace", tier(name), "--ignore-not-found");
    }
    rmSync(FILE, { force: true });
  });

  test("the API server takes every rendered object in a dry run", async () => {
    const out = mkdtempSync(path.join(tmpdir(), "whalewatch-render-"));
    const args = ["render", "--platform", "kubernetes", "--stack", CLUSTER_STACK, "--out", out];
    await succeeds(whalewatch(args));
    // A dry run creates no namespace, so what lives in one needs it to be there.
    for (const name of TIERS) await kubectl("create", "namespace", tier(name));
    const apply = ["apply", "--server-side", "--force-conflicts", "--dry-run=server", "-R"];
    const applied = await kubectl(...apply, "-f", path.join(out, "manifests")).finally(async () => {
      for (const name of TIERS) await kubectl("delete", "namespace", tier(name));
      rmSync(out, { recursive: true });
    });
    // Said by the API server of every headless Service, for the value that it fills in itself.
    const ownRemark = "Warning: spec.SessionAffinity is ignored for headless services";
    const lines = applied
      .trim()
      .split("\n")
      .filter((line) => line !== ownRemark);
    const taken = lines.filter((line) => line.endsWith("serverside-applied (server dry run)"));
    assert.ok(taken.length > 60, applied);
    assert.deepEqual(
      lines.filter((line) => !taken.includes(line)),
      [],
      "the API server has nothing to remark",
    );
  });

  test("comes up from nothing with every pod ready", async () => {
    await succeeds(up());
    await allReady(60, replicas);
  });

  test("scrapes every target and probes every service", async () => {
    await everyTargetUp(90);
    const probes = await clusterQuery('count(probe_success{job="probe"} == 1)');
    assert.deepEqual(probes, ["3"]);
  });

  test("fills every panel with data", async () => {
    const shape = z.object({
      panels: z.array(z.object({ targets: z.array(z.object({ expr: z.string() })).optional() })),
    });
    const board = await inPod(
      "grafana",
      "sh",
      "-c",
      "cat /etc/grafana/dashboards/backend-overview.json",
    );
    for (const { targets = [] } of shape.parse(JSON.parse(board)).panels) {
      for (const { expr } of targets) {
        await eventually(120, async () => {
          const values = await clusterQuery(expr.replaceAll("$__rate_interval", "1m"));
          assert.ok(values.length > 0, expr);
        });
      }
    }
  });

  test("changes nothing the second time, refreshed or not", async () => {
    await succeeds(pulumi("preview", "--expect-no-changes"));
    await succeeds(pulumi("preview", "--refresh", "--expect-no-changes"));
  });

  test("rolls the one workload whose configuration changes", async () => {
    await psql(`CREATE TABLE keepsake AS SELECT generate_series(1, ${KEEPSAKE_ROWS}) AS n`);
    const earlier = await pods();
    set(["whalewatch:redis", "maxmemoryPolicy"], "allkeys-lru");
    await succeeds(up());
    const later = await allReady(60, replicas);
    const uids = (all: typeof earlier) => all.map(({ uid }) => uid);
    const gone = earlier.filter(({ uid }) => !uids(later).includes(uid));
    assert.deepEqual(
      gone.map(({ workload }) => workload),
      ["redis"],
    );
  });

  test("brings a changed job to the running Prometheus", async () => {
    const earlier = (await pods()).filter(({ workload }) => workload === "prometheus");
    set(["whalewatch:services", "resnet-v1", "health"], "/live");
    await succeeds(up());
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

  test("heals when each pod in turn is deleted, and keeps its data", async () => {
    for (const workload of replicas.keys()) {
      const [pod] = (await pods()).filter((candidate) => candidate.workload === workload);
      assert.ok(pod, workload);
      await kubectl("delete", "pod", "-n", pod.namespace, pod.name, "--wait=true");
      await allReady(120, replicas);
    }
    await keepsakeIsThere();
    await everyTargetUp(90);
  });

  test("lets go of its node but for the last of each pair, and comes back", async () => {
    const node = (await kubectl("get", "nodes", "-o", "name")).trim();
    const pairs = [...replicas].filter(([, count]) => count > 1).map(([workload]) => workload);
    const earlier = new Map((await pods()).map(({ uid, workload }) => [uid, workload]));
    // The one node has no other to move to, so a drain cannot end while a budget keeps one of two.
    const args = ["--ignore-daemonsets", "--delete-emptydir-data", "--timeout=60s"];
    const drained = await run("kubectl", ["drain", node, ...args]);
    assert.match(drained.output, /violate the pod's disruption budget/);
    const stayed = (await pods()).filter(({ uid }) => earlier.has(uid));
    await kubectl("uncordon", node);
    // A service that has lost its database is not ready, and what is not ready may go.
    const left = stayed.map(({ workload }) => workload).sort();
    const services = pairs.filter((pair) => !["alertmanager", "prometheus"].includes(pair));
    assert.deepEqual(
      left.filter((workload) => !services.includes(workload)),
      ["alertmanager", "node-exporter", "prometheus"],
    );
    assert.equal(new Set(left).size, left.length, "one of each pair at most");
    await allReady(180, replicas);
    await keepsakeIsThere();
    await everyTargetUp(120);
  });

  test("goes down and keeps the claims; the next up finds its data", async () => {
    await succeeds(pulumi("destroy", "--yes", "--exclude-protected"));
    assert.deepEqual(await pods(), []);
    const claims = await kubectl("get", "pvc", "-n", tier("stores"), "-o", "name");
    assert.match(claims, /data-postgres-0/);
    await succeeds(up());
    await allReady(60, replicas);
    await keepsakeIsThere();
  });
});
