import assert from "node:assert/strict";
import { test } from "node:test";
import { KUBELET_JOBS } from "../../../../model/workloads/kubelet";
import { CLUSTER_STACK, inPod, kubectl, labelledQuery, tier } from "../../support/cluster";
import { eventually, run } from "../../support/command";
import type { ProdStack } from "../../support/prod-stack";

/** Chooses the claims of the stack. */
const CLAIMS = `app.kubernetes.io/instance=whalewatch-${CLUSTER_STACK}`;

/** The values of a label among what a query finds, in order. */
async function found(query: string, label: string): Promise<string[]> {
  const series = await labelledQuery(query);
  return [...new Set(series.map((one) => one[label] ?? ""))].sort();
}

/** What kubelets and kube-state-metrics tell, with the least rights. */
export function measures(stack: ProdStack): void {
  test("each kubelet answers with a token that may read metrics, and kube-state-metrics with roles alone", async () => {
    const jobs = [...Object.values(KUBELET_JOBS), "kube-state-metrics"].sort();
    await eventually(120, async () => {
      assert.deepEqual(await found(`up{job=~"${jobs.join("|")}"} == 1`, "job"), jobs);
    });
    const forbidden = await kubectl(
      ...["logs", "-n", tier("monitoring"), "deployment/kube-state-metrics"],
    );
    assert.doesNotMatch(forbidden, /forbidden/i);
  });

  test("the token opens metrics, and neither Secrets nor what else a kubelet does", async () => {
    const account = `system:serviceaccount:${tier("monitoring")}`;
    const may = async (user: string, ...what: string[]): Promise<string> => {
      const { output } = await run("kubectl", [
        "auth",
        "can-i",
        ...what,
        "--as",
        `${account}:${user}`,
      ]);
      return output.trim().split("\n").at(-1) ?? "";
    };
    assert.equal(await may("prometheus", "get", "nodes", "--subresource=metrics"), "yes");
    assert.equal(await may("prometheus", "get", "nodes", "--subresource=proxy"), "no");
    for (const user of ["prometheus", "kube-state-metrics"]) {
      assert.equal(await may(user, "list", "secrets", "-n", tier("stores")), "no");
      assert.equal(await may(user, "list", "pods", "-n", "kube-system"), "no");
    }
  });

  test("node-exporter is known by its node", async () => {
    const node = (await kubectl("get", "nodes", "-o", "jsonpath={.items[0].metadata.name}")).trim();
    await eventually(60, async () => {
      assert.deepEqual(await found('up{job="node-exporter"} == 1', "instance"), [node]);
    });
  });

  test("every workload has its limits and its use of memory and CPU on record", async () => {
    const workloads = [...stack.replicas.keys()].sort();
    // What runs by the clock has limits too, but is seen only while it runs.
    const running = async (metric: string): Promise<string[]> =>
      (await found(metric, "workload")).filter((name) => workloads.includes(name));
    for (const metric of [
      ...["workload:memory_limit:bytes", "workload:cpu_limit:cores", "workload:replicas:declared"],
      ...["workload:memory_usage:bytes", "workload:memory_usage:ratio"],
      ...["workload:cpu_usage:cores_rate5m", "workload:restarts:increase15m"],
    ]) {
      await eventually(180, async () => {
        assert.deepEqual(await running(metric), workloads, metric);
      });
    }
    await eventually(180, async () => {
      const throttled = await found("workload:cpu_throttled:ratio_rate5m", "workload");
      assert.ok(throttled.length > 0, "nobody's throttling is known");
    });
    const [ratio] = await labelledQuery("max(workload:memory_usage:ratio) < 1");
    assert.ok(ratio, "a workload uses more than its limit");
  });

  test("kube-state-metrics tells of every kind that rules speak of", async () => {
    for (const query of [
      ...["kube_deployment_spec_replicas", "kube_statefulset_replicas", "kube_pod_status_phase"],
      ...["kube_daemonset_status_desired_number_scheduled", "kube_resourcequota"],
    ]) {
      const label = query.startsWith("kube_resource") ? "namespace" : "workload";
      assert.ok((await found(query, label)).length > 0, query);
    }
  });

  test("kubelets tell how full each claim is", async () => {
    const claims = (
      await kubectl("get", "pvc", "-A", "-l", CLAIMS, "-o", "jsonpath={.items[*].metadata.name}")
    )
      .split(" ")
      .sort();
    assert.ok(claims.includes("data-postgres-0"), claims.join());
    await eventually(180, async () => {
      const told = await found("kubelet_volume_stats_used_bytes", "persistentvolumeclaim");
      // The copies' claim is used while a copy is made.
      assert.deepEqual(
        told,
        claims.filter((claim) => told.includes(claim) || !claim.includes("postgres-backup")),
      );
    });
  });

  test("few series of few containers are kept", async () => {
    const jobs = Object.values(KUBELET_JOBS).join("|");
    const rows = await labelledQuery(`count by (namespace) ({job=~"${jobs}",namespace!=""})`);
    const spaces = rows.map(({ namespace = "" }) => namespace);
    assert.ok(
      spaces.every((space) => space.startsWith(`whalewatch-${CLUSTER_STACK}-`)),
      spaces.join(),
    );
    const kept = await inPod(
      "prometheus",
      ...[
        "wget",
        "-qO-",
        `http://localhost:9090/api/v1/query?query=count(%7Bjob=~%22${jobs}%22%7D)`,
      ],
    );
    console.log(`series of the kubelets: ${kept}`);
  });
}
