import assert from "node:assert/strict";
import { test } from "node:test";
import { ruleGroups } from "../../../configs/prometheus/mounts";
import { alertRules } from "../../support/expressions";
import { mountsOf, renderedFile, Tree } from "../../support/rendered";
import { projectStack, service, stackFrom } from "../../support/stack-settings";

const dev = projectStack("dev");
const rules = alertRules(dev);
const exprs = (stack: typeof dev, alert: string): string[] =>
  alertRules(stack)
    .filter((rule) => rule.alert === alert)
    .map(({ expr }) => expr);

test("Prometheus loads exactly the rule files that are provisioned beside its configuration", () => {
  const [config] = mountsOf(dev, "prometheus");
  const beside = Object.keys(config?.files ?? {}).filter((file) => file !== "prometheus.yml");
  const read = (file: string): Tree =>
    Tree.read(renderedFile(dev, `prometheus/etc/prometheus/${file}`));
  assert.deepEqual(read("prometheus.yml").at("rule_files").plain, beside);
  assert.deepEqual(
    beside.map((file) =>
      read(file)
        .at("groups")
        .list.map((group) => group.at("name").text),
    ),
    ruleGroups(dev).map(({ name }) => [name]),
  );
});

test("a change of rules or jobs is reloaded, not a reason to restart Prometheus", () => {
  assert.deepEqual(
    mountsOf(dev, "prometheus").map(({ onChange }) => onChange),
    ["reload"],
  );
});

test("group names are unique", () => {
  const names = ruleGroups(dev).map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
});

test("every rule says how urgent it is, what happened in one fixed sentence, and to whom", () => {
  assert.ok(rules.length > 0);
  for (const { alert, annotations, labels } of rules) {
    assert.match(alert, /^[A-Z][A-Za-z]+$/);
    assert.match(labels.severity, /^(critical|warning|none)$/, alert);
    assert.match(annotations.summary, /^[A-Z][^{}]*\.$/, alert);
    assert.match(annotations.description, /\.$/, alert);
  }
});

test("every alert but the Watchdog waits, or looks at a window, before it fires", () => {
  for (const rule of rules) {
    if (rule.alert === "Watchdog") assert.equal(rule.for, undefined);
    else if (rule.for === undefined) assert.match(rule.expr, /\[\d+m\]/, rule.alert);
    else assert.match(rule.for, /^[1-9]\d*[smh]$/, rule.alert);
  }
});

test("the Watchdog always fires and goes to no person", () => {
  const watchdog = rules.find(({ alert }) => alert === "Watchdog");
  assert.equal(watchdog?.expr, "vector(1)");
  assert.equal(watchdog.labels.severity, "none");
});

test("a missing replica is seen for each service that is scraped, however many are declared", () => {
  const stack = stackFrom({
    services: {
      one: service(),
      three: service({ replicas: 3 }),
      silent: service({ metrics: false }),
    },
  });
  assert.deepEqual(exprs(stack, "ReplicaMissing"), [
    '(count(up{job="one"} == 1) or vector(0)) < 1',
    '(count(up{job="three"} == 1) or vector(0)) < 3',
  ]);
});

test("alerts of one name carry labels that tell them apart, or Alertmanager would merge them", () => {
  const keys = rules.map(({ alert, labels }) => JSON.stringify([alert, labels]));
  assert.equal(new Set(keys).size, keys.length);
  const missing = rules.filter(({ alert }) => alert === "ReplicaMissing");
  assert.deepEqual(
    missing.map(({ labels }) => labels["service"]),
    ["efficientnet-v1", "efficientnet-v2", "resnet-v1"],
  );
});

test("a rule names only jobs that exist", () => {
  const jobs = [...dev.targets.map(({ job }) => job), "probe"];
  const named = rules.flatMap(({ expr }) =>
    [...expr.matchAll(/job="([^"]+)"/g)].map((match) => match[1] ?? ""),
  );
  assert.ok(named.length > 0);
  assert.deepEqual(
    named.filter((name) => !jobs.includes(name)),
    [],
  );
});

test("failed probes are an alert where something is probed, and none where nothing is", () => {
  assert.deepEqual(exprs(dev, "ProbeFailed"), ['probe_success{job="probe"} == 0']);
  assert.deepEqual(
    exprs(stackFrom({ services: { api: service({ health: false }) } }), "ProbeFailed"),
    [],
  );
});
