import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ruleGroups } from "../../../configs/prometheus/mounts";
import { alertRules } from "../../support/expressions";
import { mountsOf, renderedFile, Tree } from "../../support/rendered";
import { projectStack, service, stackFrom, type Values } from "../../support/stack-settings";

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

test("every alert to people waits, or looks at a window, before it fires", () => {
  for (const rule of rules) {
    if (rule.labels.severity === "none") assert.equal(rule.for, undefined);
    else if (rule.for === undefined) assert.match(rule.expr, /\[\d+m\]/, rule.alert);
    else assert.match(rule.for, /^[1-9]\d*[smh]$/, rule.alert);
  }
});

test("the Watchdog always fires and goes to no person", () => {
  const watchdog = rules.find(({ alert }) => alert === "Watchdog");
  assert.equal(watchdog?.expr, "vector(1)");
  assert.equal(watchdog.labels.severity, "none");
});

test("a service is down by the way in which it is watched, and not where it is not watched", () => {
  const stack = stackFrom({
    services: {
      api: service(),
      probed: service({ metrics: false }),
      unseen: service({ metrics: false, health: false }),
    },
  });
  assert.deepEqual(exprs(stack, "ServiceDown"), [
    'label_replace(count(up{job="api"} == 1) or vector(0), "service", "api", "", "") == 0',
    'probe_success{job="probe", service="probed"} == 0',
  ]);
});

test("a missing replica is seen where there are several, of a service and of what watches", () => {
  const stack = stackFrom({
    platform: "kubernetes",
    prometheus: { replicas: 2 },
    services: {
      one: service(),
      three: service({ replicas: 3 }),
      silent: service({ metrics: false, replicas: 3 }),
    },
  });
  assert.deepEqual(exprs(stack, "ServiceReplicaMissing"), [
    'count by (service) (up{role="service", service="three"} == 1) < 3',
  ]);
  assert.deepEqual(exprs(stack, "ReplicaMissing"), [
    '(count(up{job="prometheus"} == 1) or vector(0)) < 2',
  ]);
});

test("alerts of one name watch different things, or the same thing would be told twice", () => {
  const keys = rules.map(({ alert, expr }) => JSON.stringify([alert, expr]));
  assert.equal(new Set(keys).size, keys.length);
});

describe("services with settings of their own have rules of their own", () => {
  const stack = stackFrom({
    services: { a: service(), b: service(), strict: service(), off: service() },
    alerts: {
      rules: {
        ServiceErrorRatioHigh: {
          services: {
            strict: { threshold: "1%", severity: "warning", for: "1m" },
            off: { off: "nobody depends on it" },
          },
        },
      },
    },
  });
  const named = alertRules(stack).filter(({ alert }) => alert === "ServiceErrorRatioHigh");
  for (const [title, index, selector, threshold, severity, held] of [
    ["those that are alike share one", 0, 'service=~"a|b"', "0.05", "critical", "5m"],
    ["one that differs has one", 1, 'service="strict"', "0.01", "warning", "1m"],
  ] as const) {
    test(title, () => {
      const rule = named[index];
      assert.ok(rule);
      assert.ok(
        rule.expr.startsWith(`service:http_errors:ratio_rate5m{${selector}} > ${threshold} `),
      );
      assert.equal(rule.labels.severity, severity);
      assert.equal(rule.for, held);
    });
  }
  test("one that is off has none", () => {
    assert.equal(named.length, 2);
  });
});

test("a service that counts no requests has no rule about them", () => {
  const alone = { alertmanager: { enabled: false }, nodeExporter: { enabled: false } };
  const groups = (services: Values): string[] =>
    ruleGroups(stackFrom({ services, ...alone })).map(({ name }) => name);
  const silent = { kind: "web", metrics: "/_stcore/metrics", health: "/_stcore/health" };
  assert.deepEqual(groups({ app: service(silent) }), [
    "availability",
    "containers",
    "prometheus",
    "plan",
  ]);
  assert.deepEqual(groups({ app: service({ metricsProfile: "process" }) }), [
    "availability",
    "containers",
    "prometheus",
    "plan",
  ]);
  assert.deepEqual(groups({ app: service() }), [
    "availability",
    "services",
    "containers",
    "prometheus",
    "plan",
  ]);
  assert.deepEqual(groups({ app: service({ metricsProfile: "whale-model" }) }), [
    ...["availability", "services", "models", "containers", "prometheus", "plan"],
  ]);
});

test("paths that machines ask for are no traffic, whatever stands in them", () => {
  const [record] = ruleGroups(
    stackFrom({ services: { api: service({ health: "/v1.0/ok", metrics: "/m(x)" }) } }),
  )
    .flatMap(({ rules: all }) => all)
    .filter((rule) => "record" in rule && rule.record === "service:http_requests:rate5m");
  assert.match(record?.expr ?? "", /endpoint!~"\/v1\\\\\.0\/ok\|\/m\\\\\(x\\\\\)"/);
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

test("an unwell service is an alert where it is probed, and none where it is not", () => {
  assert.equal(exprs(dev, "ServiceUnhealthy").length, 1);
  assert.deepEqual(
    exprs(stackFrom({ services: { api: service({ health: false }) } }), "ServiceUnhealthy"),
    [],
  );
});
