import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { connectionFaults } from "../../../../cli/render/connection-proof";
import { renderFiles } from "../../../../cli/commands/render";
import { ruleGroups } from "../../../../configs/prometheus/mounts";
import type { Stack } from "../../../../model/stack";
import type { Workload } from "../../../../model/workload";
import { entriesOf, objectsOf, ofKind, plainObjects, theObject } from "../../../support/cluster";
import { OPERATOR_KINDS } from "../../../support/operator-schema";
import { handed, operated } from "../../../support/operator-stack";
import { service } from "../../../support/stack-settings";

const KINDS = [...OPERATOR_KINDS.keys()];
const told = operated({ alerts: { receivers: { bot: { webhook: { urlSecret: "hook" } } } } }, [
  "hook",
]);

test("each target is a ServiceMonitor beside its Service, which it selects by port and labels", () => {
  const monitors = ofKind(handed, "ServiceMonitor");
  assert.deepEqual(
    monitors.map(({ name }) => name).toSorted(),
    handed.targets.map(({ workload }) => workload).toSorted(),
  );
  for (const { name, namespace, tree } of monitors) {
    const selected = theObject(handed, "Service", name);
    assert.equal(selected.at("metadata", "namespace").text, namespace);
    assert.deepEqual(
      tree.at("spec", "selector", "matchLabels").plain,
      selected.at("spec", "selector").plain,
    );
    const labels = new Map(entriesOf(selected.at("metadata", "labels").plain));
    for (const [label, value] of entriesOf(tree.at("spec", "selector", "matchLabels").plain)) {
      assert.equal(labels.get(label), value);
    }
    const ports = selected.at("spec", "ports").list.map((port) => port.at("name").text);
    const [endpoint] = tree.at("spec", "endpoints").list;
    assert.ok(endpoint && ports.includes(endpoint.at("port").text));
  }
});

test("each probe goes through the prober's Service, by a name that leads there from anywhere", () => {
  const probes = ofKind(handed, "Probe");
  assert.deepEqual(
    probes.map(({ name }) => name),
    ["narwhal", "orca", "quiet", "orca.outside", "intranet.outside"],
  );
  for (const { tree } of probes) {
    assert.equal(
      tree.at("spec", "prober", "url").text,
      "blackbox-exporter.whalewatch-test-monitoring.svc:9115",
    );
  }
});

test("each rule file is a PrometheusRule of its name", () => {
  assert.deepEqual(
    ofKind(handed, "PrometheusRule").map(({ name, namespace }) => [name, namespace]),
    ruleGroups(handed).map(({ name }) => [name, "whalewatch-test-monitoring"]),
  );
});

test("who is told stands with the rules, and carries the same labels", () => {
  const [object, ...others] = ofKind(told, "AlertmanagerConfig");
  assert.deepEqual(others, []);
  assert.equal(object?.namespace, "whalewatch-test-monitoring");
  assert.equal(object.tree.at("metadata", "labels", "release").text, "kps");
});

test("every object carries the labels that the operator's selectors ask for", () => {
  for (const { kind, tree } of plainObjects(handed)) {
    const label = tree.at("metadata", "labels", "release").plain;
    assert.equal(label, KINDS.includes(kind) ? "kps" : undefined, kind);
  }
});

test("every field is one that the operator documents", () => {
  for (const { kind, name, tree } of plainObjects(handed)) {
    const schema = OPERATOR_KINDS.get(kind);
    assert.equal(schema?.safeParse(tree.plain).error?.message, undefined, `${kind} ${name}`);
  }
});

/** The same stack as if nobody from outside came to some of its workloads. */
function stripped(stack: Stack, some: (workload: Workload) => boolean): Stack {
  const workloads = stack.workloads.map((workload) =>
    some(workload) ? { ...workload, visitors: [] } : workload,
  );
  return { ...stack, workloads };
}

describe("the cluster's Prometheus is let in", () => {
  test("to each port that has metrics, and to nothing else", () => {
    assert.deepEqual(connectionFaults(handed, objectsOf(handed)), []);
  });

  test("and a policy that leaves it out is found", () => {
    const objects = objectsOf(stripped(handed, (workload) => workload.name === "narwhal"));
    assert.ok(
      connectionFaults(handed, objects).includes(
        "a pod of monitoring to narwhal on TCP 8000 is closed, and it is declared",
      ),
    );
  });

  test("also where it runs in the namespace of the route's controller", () => {
    const stack = operated({
      services: { api: service({ host: "api.example.com", metrics: false }) },
      kubernetes: {
        route: { kind: "ingress", className: "nginx", controllerNamespace: "monitoring" },
      },
    });
    assert.deepEqual(connectionFaults(stack, objectsOf(stack)), []);
  });
});

test("a render has a file for each of them, after all that they are about", () => {
  const paths = renderFiles(told).map(({ path }) => path);
  for (const part of ["50-", "51-", "52-", "53-"]) {
    assert.ok(paths.some((path) => path.startsWith(`manifests/${part}`)));
  }
});

test("a render tells which Secret the receivers read, and holds no value", () => {
  const guide = renderFiles(told).find(({ path }) => path === "SECRETS.md")?.text ?? "";
  assert.ok(
    guide.includes(
      "| whalewatch-test-monitoring | alertmanager-secrets | hook | the cluster's Alertmanager |",
    ),
  );
  assert.match(
    guide,
    /kubectl create secret generic alertmanager-secrets --namespace whalewatch-test-monitoring /,
  );
});
