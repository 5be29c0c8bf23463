import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { operatorObjects } from "../../../configs/prometheus/operator";
import { ruleGroups } from "../../../configs/prometheus/mounts";
import type { OperatorObjects } from "../../../model/operator";
import { scoped } from "../../../model/series-scope";
import { findWorkload, type Stack } from "../../../model/stack";
import { entriesOf } from "../../support/cluster";
import { KUBELET_JOBS } from "../../../model/workloads/kubelet";
import { alertRules, panelExpressions } from "../../support/expressions";
import { handed, serverTwin } from "../../support/operator-stack";
import { relabeled } from "../../support/relabel";
import { renderedFile, Tree } from "../../support/rendered";
import { stackFrom } from "../../support/stack-settings";

const objects = (stack: Stack): OperatorObjects => {
  const found = operatorObjects(stack);
  assert.ok(found);
  return found;
};
const own = objects(handed);

/** What the operator gives a pod behind a Service before the object's own relabelings. */
const discovered = (workload: string): Record<string, string> => ({
  job: workload,
  instance: "10.0.0.9:1234",
  namespace: "whalewatch-test-somewhere",
  service: workload,
  pod: `${workload}-0`,
  container: workload,
  endpoint: "tcp-1234",
  __meta_kubernetes_pod_node_name: "node-a",
  __meta_kubernetes_endpointslice_endpoint_conditions_ready: "true",
});

/** The labels of each target that people and rules go by. */
function labelsOf({ monitors, probes }: OperatorObjects): Record<string, string>[] {
  const scraped = monitors.map(({ workload, endpoint }) => {
    const labels = relabeled(discovered(workload), endpoint.relabelings);
    assert.ok(labels, `${workload} is dropped`);
    return labels;
  });
  const probed = probes.map(({ jobName, url, labels, relabelings }) => {
    const found = relabeled(
      { ...labels, job: jobName, instance: url, namespace: "x" },
      relabelings,
    );
    assert.ok(found);
    return found;
  });
  return [...scraped, ...probed].map((labels) =>
    Object.fromEntries(Object.entries(labels).filter(([label]) => !label.startsWith("__"))),
  );
}

/** The same of a Prometheus of the stack's own, from its configuration. */
function labelsOfServer(stack: Stack): Record<string, string>[] {
  const config = Tree.read(renderedFile(stack, "prometheus/etc/prometheus/prometheus.yml"));
  const external = config.at("global", "external_labels").plain;
  return config.at("scrape_configs").list.flatMap((job) => {
    const name = job.at("job_name").text;
    const given = job.at("relabel_configs").list.flatMap((step) => {
      const target = step.at("target_label").plain;
      return typeof target === "string" && !target.startsWith("__") && target !== "instance"
        ? [[target, step.at("replacement").text]]
        : [];
    });
    const fixed = { job: name, ...texts(Object.fromEntries(given)), ...texts(external) };
    const listed = job.at("static_configs").list.flatMap((group) =>
      group.at("targets").list.map((target) => ({
        ...fixed,
        instance: target.text,
        ...plainLabels(group.at("labels").plain),
      })),
    );
    return listed.length > 0 ? listed : [{ ...fixed, instance: "10.0.0.9:1234" }];
  });
}

const texts = (labels: unknown): Record<string, string> =>
  Object.fromEntries(entriesOf(labels).map(([label, value]) => [label, String(value)]));

/** Without those that only say how to ask. */
const plainLabels = (labels: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(texts(labels)).filter(([label]) => !label.startsWith("__")));

const sorted = (values: readonly object[]): string[] =>
  values.map((value) => JSON.stringify(Object.entries(value).toSorted())).toSorted();

test("every target has in both modes the same job, service, role, instance and no other label", () => {
  const ofOwn = new Set<unknown>(["prometheus", "alertmanager", ...Object.values(KUBELET_JOBS)]);
  const expected = labelsOfServer(serverTwin)
    .filter(({ job }) => !ofOwn.has(job))
    // On every node of a cluster there is a node-exporter, known by its name.
    .map((labels) =>
      labels["job"] === "node-exporter" ? { ...labels, instance: "node-a" } : labels,
    );
  assert.deepEqual(sorted(labelsOf(own)), sorted(expected));
});

test("what is scraped, where and how often is what a Prometheus of the stack's own scrapes", () => {
  const config = Tree.read(renderedFile(serverTwin, "prometheus/etc/prometheus/prometheus.yml"));
  const jobs = config.at("scrape_configs").list;
  for (const { workload, endpoint, sampleLimit, fallbackScrapeProtocol } of own.monitors) {
    const job = jobs.find((candidate) => candidate.at("job_name").plain === workload);
    assert.deepEqual(
      [endpoint.path, endpoint.interval, endpoint.scrapeTimeout, sampleLimit],
      [
        ...["metrics_path", "scrape_interval", "scrape_timeout", "sample_limit"].map(
          (field) => job?.at(field).plain,
        ),
      ],
      workload,
    );
    assert.equal(fallbackScrapeProtocol, job?.at("fallback_scrape_protocol").plain);
  }
});

test("a probe outside is asked as often, as long and for the same answer in both modes", () => {
  const config = Tree.read(renderedFile(serverTwin, "prometheus/etc/prometheus/prometheus.yml"));
  const job = config
    .at("scrape_configs")
    .list.find((candidate) => candidate.at("job_name").text === "outside-probe");
  assert.deepEqual(
    own.probes
      .filter(({ jobName }) => jobName === "outside-probe")
      .map(({ url, labels, module, interval, scrapeTimeout }) => [
        ...[url, labels["probe"], module, interval, scrapeTimeout],
      ]),
    job
      ?.at("static_configs")
      .list.map((group) => [
        ...group.at("targets").list.map((target) => target.text),
        ...["probe", "__param_module", "__scrape_interval__", "__scrape_timeout__"].map(
          (label) => group.at("labels", label).text,
        ),
      ]),
  );
});

describe("who is not ready", () => {
  const gone = (workload: string): boolean => {
    const monitor = own.monitors.find((candidate) => candidate.workload === workload);
    assert.ok(monitor);
    return (["endpoint_ready", "endpointslice_endpoint_conditions_ready"] as const).every(
      (label) =>
        relabeled(
          {
            ...discovered(workload),
            __meta_kubernetes_endpointslice_endpoint_conditions_ready: "",
            [`__meta_kubernetes_${label}`]: "false",
          },
          monitor.endpoint.relabelings,
        ) === undefined,
    );
  };
  test("of a service, stays a target, so that what is unwell is not told to be gone", () =>
    assert.equal(gone("narwhal"), false));
  test("of another program with replicas, is no target, as in the DNS", () =>
    assert.equal(gone("node-exporter"), true));
  test("of a single exporter, stays one, so that it is told to be down", () =>
    assert.equal(gone("redis-exporter"), false));
});

test("the rules are those of the stack, about its own series alone, and say whose they are", () => {
  const scope = { project: "whalewatch", environment: "test" };
  assert.deepEqual(
    own.rules.map(({ name, rules }) => ({ name, rules })),
    ruleGroups(handed).map(({ name, rules }) => ({
      name,
      rules: rules.map((rule) => ({
        ...rule,
        expr: scoped(rule.expr, scope),
        labels: {
          ...rule.labels,
          ...scope,
          ...("alert" in rule && { namespace: "whalewatch-test-monitoring" }),
        },
      })),
    })),
  );
  assert.ok(own.rules.every(({ interval }) => interval === "15s"));
});

const OF_SERVERS = /^(?:Prometheus|Alertmanager|InfoInhibitor$)/;
/** The cluster's own Prometheus asks the kubelets itself, mostly under names of its own. */
const OF_KUBELETS = /^(?:ContainerCpuThrottled|Volume)/;

test("each alert of a server is there, but for those about the server and by the kubelets", () => {
  const there = alertRules(handed).map(({ alert }) => alert);
  const servers = new Set(alertRules(serverTwin).map(({ alert }) => alert));
  assert.deepEqual(
    [...servers].filter(
      (alert) => !there.includes(alert) && !OF_SERVERS.test(alert) && !OF_KUBELETS.test(alert),
    ),
    [],
  );
});

test("a workload of which no pod is there leaves no target behind, so each has an alert for that", () => {
  const missing = own.rules
    .flatMap(({ rules }) => rules.map((rule) => Tree.of(rule).at("expr").text))
    .filter((expr) => expr.includes("or vector(0)"))
    .join("\n");
  for (const { workload } of own.monitors) assert.ok(missing.includes(`job="${workload}"`));
});

describe("what rules and panels select by job, service, probe and role is there", () => {
  const labels = labelsOf(own);
  const expressions = [
    ...own.rules.flatMap(({ rules }) => rules.map((rule) => Tree.of(rule).at("expr").text)),
    ...panelExpressions(handed).map(({ expr }) => expr),
  ];
  test("each expression asks for this stack's series", () => {
    for (const expr of expressions) {
      if (!/^vector\(/.test(expr)) assert.match(expr, /project="whalewatch", environment="test"/);
    }
  });
  for (const label of ["job", "service", "probe", "role"] as const) {
    test(label, () => {
      const known = new Set(labels.map((target) => target[label]));
      for (const expr of expressions) {
        for (const [, value = ""] of expr.matchAll(new RegExp(`\\b${label}=~?"([^"$]+)"`, "g"))) {
          for (const one of value.split("|")) assert.ok(known.has(one), expr);
        }
      }
    });
  }
});

test("neither Prometheus nor Alertmanager of the stack's own; Grafana asks the cluster's", () => {
  assert.equal(findWorkload(handed, "prometheus"), undefined);
  assert.equal(findWorkload(handed, "alertmanager"), undefined);
  assert.match(
    renderedFile(handed, "grafana/etc/grafana/provisioning/datasources/prometheus.yml"),
    /url: http:\/\/prometheus-operated\.monitoring\.svc:9090\n/,
  );
  assert.deepEqual(findWorkload(handed, "grafana")?.outside, [
    { host: "prometheus-operated.monitoring.svc", port: 9090 },
  ]);
});

test("with a Prometheus of its own a stack hands nothing over", () => {
  assert.equal(operatorObjects(serverTwin), undefined);
  assert.equal(operatorObjects(stackFrom({})), undefined);
});
