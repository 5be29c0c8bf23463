import assert from "node:assert/strict";
import { test } from "node:test";
import { connectionFaults } from "../../../../cli/render/connection-proof";
import { clusterStack, objectsOf } from "../../../support/cluster";
import { Tree } from "../../../support/rendered";

const stack = clusterStack({ prometheus: { replicas: 2 }, alertmanager: { replicas: 2 } });
const objects = objectsOf(stack);
const objectOf = (kind: string, name: string): Tree =>
  Tree.of(objects.find((one) => one.kind === kind && one.metadata.name === name));

test("the gossip port is open among the Alertmanagers alone, and all else is as declared", () => {
  assert.deepEqual(connectionFaults(stack, objects), []);
  const gossip = [
    { protocol: "TCP", port: 9094 },
    { protocol: "UDP", port: 9094 },
  ];
  const policy = objectOf("NetworkPolicy", "alertmanager").at("spec");
  const [clients, among] = policy.at("ingress").list;
  assert.deepEqual(clients?.at("ports").plain, [{ protocol: "TCP", port: 9093 }]);
  assert.deepEqual(among?.at("ports").plain, gossip);
  const [self] = among.at("from").list;
  assert.equal(
    self?.at("podSelector", "matchLabels", "app.kubernetes.io/name").plain,
    "alertmanager",
  );
  assert.deepEqual(policy.at("egress").list[0]?.at("ports").plain, gossip);
});

test("Alertmanagers find one another before they are ready; nobody asks a Prometheus that is not", () => {
  const published = (name: string): unknown =>
    objectOf("Service", name).at("spec", "publishNotReadyAddresses").plain;
  assert.equal(published("alertmanager"), true);
  assert.equal(published("prometheus"), undefined);
});

test("each port of a Service has a name of its own, by protocol and number", () => {
  const names = objectOf("Service", "alertmanager")
    .at("spec", "ports")
    .list.map((port) => [port.at("name").plain, port.at("protocol").plain]);
  assert.deepEqual(names, [
    ["tcp-9093", undefined],
    ["tcp-9094", undefined],
    ["udp-9094", "UDP"],
  ]);
});

test("each Prometheus gets its pod's name in a variable, and a claim of its own", () => {
  const spec = objectOf("StatefulSet", "prometheus").at("spec");
  assert.equal(spec.at("replicas").plain, 2);
  assert.equal(spec.at("volumeClaimTemplates").list.length, 1);
  const [container] = spec.at("template", "spec", "containers").list;
  assert.deepEqual(container?.at("env").plain, [
    { name: "REPLICA", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
  ]);
});
