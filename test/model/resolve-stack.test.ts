import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { planDigest } from "../../model/digest";
import { provisionFiles } from "../../configs/provision";
import { findWorkload, startsAfter } from "../../model/stack";
import { RESERVED_NAMES } from "../../model/reserved-names";
import { projectStack, service, stackFrom, type Values } from "../support/stack-settings";

const WATCHING = ["alertmanager", "prometheus", "grafana"];
const off = { enabled: false };

describe("what runs follows from what is declared", () => {
  for (const [title, values, expected] of [
    ["nothing declared: the host is watched", {}, ["node-exporter", ...WATCHING]],
    [
      "a service: it is probed too",
      { services: { api: service() } },
      ["api", "node-exporter", "blackbox-exporter", ...WATCHING],
    ],
    [
      "postgres alone: its exporter, and none for redis",
      { postgres: {} },
      ["postgres", "node-exporter", "postgres-exporter", ...WATCHING],
    ],
    [
      "redis alone: its exporter, and none for postgres",
      { redis: {} },
      ["redis", "node-exporter", "redis-exporter", ...WATCHING],
    ],
    [
      "stores that are switched off: as if not declared",
      { postgres: off, redis: off },
      ["node-exporter", ...WATCHING],
    ],
    [
      "monitoring off: exactly the services and the stores",
      { services: { api: service() }, postgres: {}, redis: {}, monitoring: off },
      ["postgres", "redis", "api"],
    ],
    [
      "exporters off: the stores stay",
      {
        services: { api: service() },
        postgres: {},
        redis: {},
        nodeExporter: off,
        exporters: { postgres: off, redis: off, blackbox: off },
      },
      ["postgres", "redis", "api", ...WATCHING],
    ],
    [
      "no health path over HTTP: nothing to probe, so no prober",
      {
        services: {
          quiet: service({ health: false }),
          inside: service({ healthCommand: ["true"] }),
          worker: service({ kind: "worker", port: undefined }),
        },
      },
      ["quiet", "inside", "worker", "node-exporter", ...WATCHING],
    ],
    [
      "Grafana and Alertmanager off: Prometheus alone watches",
      { grafana: off, alertmanager: off, nodeExporter: off },
      ["prometheus"],
    ],
  ] satisfies [string, Values, string[]][]) {
    test(title, () => {
      assert.deepEqual(
        stackFrom(values).workloads.map(({ name }) => name),
        expected,
      );
    });
  }
});

test("a service stands after the services that it needs, whatever the order in the file", () => {
  const services = {
    front: service({ needs: ["middle", "postgres"] }),
    middle: service({ needs: ["back"] }),
    back: service(),
  };
  const { workloads } = stackFrom({ services, postgres: {}, monitoring: off });
  assert.deepEqual(
    workloads.map(({ name }) => name),
    ["postgres", "back", "middle", "front"],
  );
});

test("services and exporters wait for what they connect to; monitors and the prober start at once", () => {
  const { workloads } = projectStack("dev");
  const waiting = workloads.map((workload) => [workload.name, startsAfter(workload)] as const);
  assert.deepEqual(
    waiting.filter(([, peers]) => peers.length > 0),
    [
      ["efficientnet-v1", ["postgres", "redis"]],
      ["efficientnet-v2", ["postgres", "redis"]],
      ["resnet-v1", ["postgres", "redis"]],
      ["postgres-exporter", ["postgres"]],
      ["redis-exporter", ["redis"]],
    ],
  );
  const names = workloads.map(({ name }) => name);
  for (const [name, peers] of waiting) {
    for (const peer of peers) assert.ok(names.indexOf(peer) < names.indexOf(name), name);
  }
});

test("each workload of dev connects to its needs or to what it watches, and to nothing else", () => {
  const connections = projectStack("dev").workloads.map(({ name, connects }) => [name, connects]);
  const services = ["efficientnet-v1", "efficientnet-v2", "resnet-v1"];
  assert.deepEqual(Object.fromEntries(connections), {
    postgres: [],
    redis: [],
    "efficientnet-v1": ["postgres", "redis"],
    "efficientnet-v2": ["postgres", "redis"],
    "resnet-v1": ["postgres", "redis"],
    "node-exporter": [],
    "postgres-exporter": ["postgres"],
    "redis-exporter": ["redis"],
    "blackbox-exporter": services,
    alertmanager: [],
    prometheus: [
      ...services,
      ...["node-exporter", "postgres-exporter", "redis-exporter", "blackbox-exporter"],
      ...["alertmanager", "grafana"],
    ],
    grafana: ["prometheus"],
  });
});

test("every name that the stack gives a workload of its own is reserved", () => {
  const { workloads } = stackFrom({ services: { api: service() }, postgres: {}, redis: {} });
  const own = workloads.filter(({ role }) => role !== "service").map(({ name }) => name);
  assert.equal(own.length, 9);
  const notReserved = own.filter((name) => !RESERVED_NAMES.includes(name));
  assert.deepEqual(notReserved, []);
});

test("every network and scrape job of the stack's own is reserved too", () => {
  const { workloads } = stackFrom({ services: { api: service() }, postgres: {}, redis: {} });
  const names = [...new Set(workloads.map(({ network }) => network)), "probe"];
  assert.deepEqual(names, ["postgres", "redis", "services", "monitoring", "probe"]);
  assert.deepEqual(
    names.filter((name) => !RESERVED_NAMES.includes(name)),
    [],
  );
});

test("no workload runs as root or opens the host's socket; only node-exporter sees the host", () => {
  for (const { name, user, hostDirectories, engineSocket } of projectStack("dev").workloads) {
    assert.ok(user.uid > 0, name);
    assert.equal(engineSocket, undefined, name);
    assert.deepEqual(
      hostDirectories,
      name === "node-exporter" ? [{ host: "/", path: "/host" }] : [],
      name,
    );
  }
});

test("nothing is published on the host unless the stack file says so", () => {
  const { workloads } = stackFrom({ services: { api: service() }, postgres: {}, redis: {} });
  const published = workloads.filter(({ ports }) => ports.some(({ publish }) => publish));
  assert.deepEqual(published, []);
});

test("a published port opens on 127.0.0.1 unless an address stands with it", () => {
  const stack = stackFrom({
    services: {
      a: service({ publish: 8001 }),
      b: service({ publish: { port: 8002, address: "0.0.0.0" } }),
    },
    grafana: { publish: 3001 },
  });
  const publishOf = (name: string) => findWorkload(stack, name)?.ports.map((port) => port.publish);
  assert.deepEqual(publishOf("a"), [{ address: "127.0.0.1", port: 8001 }]);
  assert.deepEqual(publishOf("b"), [{ address: "0.0.0.0", port: 8002 }]);
  assert.deepEqual(publishOf("grafana"), [{ address: "127.0.0.1", port: 3001 }]);
  assert.equal(publishOf("nobody"), undefined);
});

test("the same settings give the same stack, files and digest; another value, another digest", () => {
  const digestOf = (stack: ReturnType<typeof projectStack>): string =>
    planDigest(stack, provisionFiles(stack));
  const [one, two] = [projectStack("dev"), projectStack("dev")];
  assert.deepEqual(one, two);
  assert.deepEqual(provisionFiles(one), provisionFiles(two));
  assert.equal(digestOf(one), digestOf(two));
  assert.match(digestOf(one), /^sha256:[0-9a-f]{64}$/);
  assert.notEqual(digestOf(one), digestOf(projectStack("prod")));
});
