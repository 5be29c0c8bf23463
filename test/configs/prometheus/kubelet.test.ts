import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Stack } from "../../../model/stack";
import { clusterStack } from "../../support/cluster";
import { renderedFile, Tree } from "../../support/rendered";
import { service, stackFrom, type Values } from "../../support/stack-settings";

const on = (values: Values = {}): Stack =>
  clusterStack({ services: { api: service() }, ...values });
const jobs = (stack: Stack): Tree[] =>
  Tree.read(renderedFile(stack, "prometheus/etc/prometheus/prometheus.yml")).at("scrape_configs")
    .list;
const job = (stack: Stack, name: string): Tree => {
  const found = jobs(stack).find((candidate) => candidate.at("job_name").text === name);
  assert.ok(found, name);
  return found;
};
const KUBELET = ["kubelet", "kubelet-resource", "kubelet-cadvisor"];
const kubeletJobs = (stack: Stack): string[] =>
  jobs(stack)
    .map((each) => each.at("job_name").text)
    .filter((name) => name.startsWith("kubelet"));

test("kubelets are asked in a cluster, and not where they are switched off or there are none", () => {
  assert.deepEqual(kubeletJobs(on()), KUBELET);
  assert.deepEqual(kubeletJobs(on({ exporters: { kubelet: { enabled: false } } })), []);
  assert.deepEqual(kubeletJobs(stackFrom({ services: { api: service() } })), []);
});

test("every node is asked directly, by the token of Prometheus alone, for metrics and nothing else", () => {
  for (const name of KUBELET) {
    const config = job(on(), name);
    assert.deepEqual(config.at("kubernetes_sd_configs").plain, [{ role: "node" }]);
    assert.equal(config.at("scheme").text, "https");
    assert.match(config.at("metrics_path").text, /^\/metrics(?:$|\/)/);
    assert.match(config.at("authorization", "credentials_file").text, /serviceaccount\/token$/);
  }
});

test("a kubelet's certificate is checked where the settings say that it can be", () => {
  const skips = (stack: Stack) =>
    KUBELET.map((name) => job(stack, name).at("tls_config", "insecure_skip_verify").plain);
  assert.deepEqual(skips(on()), [true, true, true]);
  const verifyCertificate = on({ exporters: { kubelet: { verifyCertificate: true } } });
  assert.deepEqual(skips(verifyCertificate), [false, false, false]);
});

for (const [every, expected] of [
  ["5s", "30s"],
  ["1m", "1m"],
] as const) {
  test(`scraping every ${every} asks kubelets every ${expected}`, () => {
    const stack = on({ prometheus: { scrapeInterval: every } });
    for (const name of KUBELET) {
      assert.equal(job(stack, name).at("scrape_interval").text, expected);
    }
  });
}

/** Relabelling as Prometheus does it, as far as it is used here: anchored, the last match wins. */
function relabel(config: Tree, labels: Readonly<Record<string, string>>) {
  let current: Record<string, string> = { ...labels };
  for (const step of config.at("metric_relabel_configs").list) {
    const text = step.at("regex").text;
    const regex = new RegExp(`^(?:${text})$`);
    const action = step.at("action").plain ?? "replace";
    if (action === "labeldrop") {
      current = Object.fromEntries(Object.entries(current).filter(([key]) => !regex.test(key)));
      continue;
    }
    const value = step
      .at("source_labels")
      .list.map((label) => current[label.text] ?? "")
      .join(";");
    const match = regex.exec(value);
    if (action === "keep" && match === null) return undefined;
    if (action === "replace" && match !== null) {
      current[step.at("target_label").text] = match[1] ?? "";
    }
  }
  return current;
}

const MEMORY = "container_memory_working_set_bytes";
const namespace = "whalewatch-test-services";

describe("of a node's series only those of the stack, and only what is used, are kept", () => {
  const resources = job(on(), "kubelet-resource");
  for (const [title, labels, kept] of [
    ["the stack's", { __name__: MEMORY, namespace, pod: "api-5c79b6f599-lm5dh" }, true],
    ["another stack's", { __name__: MEMORY, namespace: "whalewatch-prod-services" }, false],
    ["the cluster's own", { __name__: MEMORY, namespace: "kube-system" }, false],
    ["the node's", { __name__: "node_cpu_usage_seconds_total" }, false],
    ["what nobody looks at", { __name__: "container_start_time_seconds", namespace }, false],
  ] as const) {
    test(`${title}: ${kept ? "kept" : "dropped"}`, () => {
      assert.equal(relabel(resources, labels) !== undefined, kept);
    });
  }
});

test("of cAdvisor's series the labels that only repeat others go", () => {
  const labels = relabel(job(on(), "kubelet-cadvisor"), {
    ...{ __name__: "container_cpu_cfs_periods_total", namespace, pod: "redis-0" },
    ...{ id: "/kubepods/pod1", image: "", name: "", container: "" },
  });
  assert.deepEqual(Object.keys(labels ?? {}).sort(), [
    ...["__name__", "container", "id", "namespace", "pod", "workload"],
  ]);
});

describe("a series is known by the stack's name for what runs", () => {
  const state = job(on(), "kube-state-metrics");
  for (const [labels, workload] of [
    [{ pod: "redis-0" }, "redis"],
    [{ pod: "api-v2-11" }, "api-v2"],
    [{ pod: "efficientnet-v1-5c79b6f599-lm5dh" }, "efficientnet-v1"],
    // A pod's ending may be all digits.
    [{ pod: "api-5c79b6f599-24567" }, "api"],
    [{ pod: "node-exporter-x7k2p" }, "node-exporter"],
    [{ pod: "redis-exporter-6cb86dc776-977cl" }, "redis-exporter"],
    [{ pod: "backup-29928784-5cjhq" }, "backup"],
    [{ deployment: "api" }, "api"],
    [{ statefulset: "postgres" }, "postgres"],
    [{ daemonset: "node-exporter" }, "node-exporter"],
    [{ cronjob: "backup" }, "backup"],
    [{ job_name: "backup-29928784" }, "backup"],
    [{ resourcequota: "budget" }, undefined],
  ] as const) {
    test(`${Object.entries(labels).join()}: ${workload ?? "of no workload"}`, () => {
      assert.equal(relabel(state, labels)?.["workload"], workload);
    });
  }
});

describe("node-exporter in a cluster: every node is a target", () => {
  test("known by the node's name, where Prometheus may ask for it", () => {
    const config = job(on(), "node-exporter");
    assert.deepEqual(config.at("kubernetes_sd_configs").plain, [
      {
        role: "pod",
        namespaces: { names: ["whalewatch-test-host"] },
        selectors: [{ role: "pod", label: "app.kubernetes.io/name=node-exporter" }],
      },
    ]);
    assert.deepEqual(config.at("relabel_configs").list[1]?.plain, {
      source_labels: ["__meta_kubernetes_pod_node_name"],
      target_label: "instance",
    });
  });

  test("by address, where it may not", () => {
    const config = job(on({ exporters: { kubelet: { enabled: false } } }), "node-exporter");
    assert.deepEqual(config.at("dns_sd_configs").plain, [
      { names: ["node-exporter"], type: "A", port: 9100, refresh_interval: "15s" },
    ]);
  });

  test("on Docker there is one, under its name", () => {
    const config = job(stackFrom({}), "node-exporter");
    assert.deepEqual(config.at("static_configs").plain, [{ targets: ["node-exporter:9100"] }]);
  });
});
