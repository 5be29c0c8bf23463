import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { parseDocument } from "yaml";
import type { Plan } from "../../../cli/plan/plan";
import { KUBELET_JOBS } from "../../../model/workloads/kubelet";
import { allReady, CLUSTER_STACK, inPod, kubectl, labelledQuery, tier } from "../support/cluster";
import { eventually, run, whalewatch } from "../support/command";

const FILE = `Pulumi.${CLUSTER_STACK}.yaml`;
const CRASHING = "crashing";
let plan: Plan;

const pulumi = (...args: string[]) =>
  run("pulumi", [...args, "--stack", CLUSTER_STACK, "--non-interactive"]);

async function succeeds(ended: Promise<{ code: number | null; output: string }>): Promise<string> {
  const { code, output } = await ended;
  assert.equal(code, 0, output);
  return output;
}

/** The values of a label among what a query finds, in order. */
async function found(query: string, label: string): Promise<string[]> {
  const series = await labelledQuery(query);
  return [...new Set(series.map((one) => one[label] ?? ""))].sort();
}

/** A pod that ends at once, as the `restricted` level and the tier's quota let it be. */
function crashingDeployment(): object {
  const labels = { "app.kubernetes.io/name": CRASHING };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: CRASHING, namespace: tier("services") },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 999,
            seccompProfile: { type: "RuntimeDefault" },
          },
          containers: [
            {
              name: CRASHING,
              image: "redis:8.0.6",
              command: ["/bin/false"],
              securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
            },
          ],
        },
      },
    },
  };
}

/** What runs all the time, not by the clock. */
const always = () => plan.workloads.filter(({ schedule }) => schedule === null);

describe("what is watched of a real cluster", { concurrency: 1 }, () => {
  before(async () => {
    const document = parseDocument(readFileSync("Pulumi.prod.yaml", "utf8"));
    const set = (keys: readonly string[], value: unknown): void => {
      document.setIn(["config", ...keys], value);
    };
    set(["whalewatch:kubernetes", "context"], "whalewatch");
    document.deleteIn(["config", "whalewatch:kubernetes", "route"]);
    set(["whalewatch:grafana", "image"], "grafana/grafana:12.4.3-standin");
    // Debian's Prometheus, which the lab's other image has, knows no Kubernetes.
    set(["whalewatch:prometheus", "image"], "prom/prometheus:v3.5.3-kubernetes");
    set(["whalewatch:prometheus", "replicas"], 1);
    // The lab's kubelet has a certificate of the cluster's own authority.
    set(["whalewatch:exporters", "kubelet", "verifyCertificate"], true);
    for (const service of ["efficientnet-v1", "efficientnet-v2", "resnet-v1"]) {
      document.deleteIn(["config", "whalewatch:services", service, "host"]);
      set(["whalewatch:services", service, "image"], "whalewatch/model-api:1.0.0");
    }
    writeFileSync(FILE, document.toString());
    plan = JSON.parse(
      await succeeds(whalewatch(["plan", "--stack", CLUSTER_STACK, "--json"])),
    ) as Plan;
    await succeeds(run("pulumi", ["stack", "select", "--create", CLUSTER_STACK]));
    await succeeds(pulumi("up", "--yes", "--skip-preview"));
    await allReady(120, new Map(always().map((workload) => [workload.name, workload.replicas])));
  });

  after(async () => {
    await pulumi("state", "unprotect", "--all", "--yes");
    const { code, output } = await pulumi("destroy", "--yes");
    if (code !== 0) console.error(output);
    for (const name of ["services", "stores", "monitoring", "host"]) {
      await kubectl("delete", "namespace", tier(name), "--ignore-not-found");
    }
    rmSync(FILE, { force: true });
  });

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
    const workloads = always()
      .map(({ name }) => name)
      .sort();
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

  test("kubelets tell how full volumes are", async (context) => {
    // The lab's claims are plain folders, of which its kubelet exposes no volume statistics.
    const node = (await kubectl("get", "nodes", "-o", "jsonpath={.items[0].metadata.name}")).trim();
    const exposed = await kubectl("get", "--raw", `/api/v1/nodes/${node}/proxy/metrics`);
    if (!exposed.includes("kubelet_volume_stats_")) {
      context.skip("NOT CHECKED: this kubelet exposes no volume statistics for its claims");
      return;
    }
    await eventually(180, async () => {
      const claims = await found("kubelet_volume_stats_capacity_bytes", "persistentvolumeclaim");
      assert.ok(claims.includes("data-postgres-0"), claims.join());
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

  test("a container that keeps crashing raises its alert, under the name of its workload", async () => {
    const file = `${FILE}.crashing.json`;
    writeFileSync(file, JSON.stringify(crashingDeployment()));
    try {
      await kubectl("apply", "-f", file);
      await eventually(240, async () => {
        const alerts = await labelledQuery(`ALERTS{alertname="PodCrashLooping"}`);
        assert.deepEqual(
          alerts.map(({ workload }) => workload),
          [CRASHING],
        );
      });
    } finally {
      rmSync(file);
      await kubectl("delete", "deployment", "-n", tier("services"), CRASHING);
    }
  });
});
