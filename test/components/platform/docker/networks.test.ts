import assert from "node:assert/strict";
import { test } from "node:test";
import { outsideNetwork } from "../../../../components/platform/docker/networks";
import {
  declareStack,
  projectStack,
  serviceSettings,
  workloadOf,
} from "../../../support/declared-stack";
import { containerArgsOf } from "../../../support/docker-args";
import {
  NETWORK,
  type PlacedEnvironment,
  placeEnvironment,
} from "../../../support/placed-environment";

const placed = placeEnvironment(projectStack("dev"));

/** Who is on each network, and under which names. */
function members({ workloads }: PlacedEnvironment): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const container of workloads) {
    for (const { name, aliases } of containerArgsOf(container).networksAdvanced ?? []) {
      const network = name.replace(/-network-id$/, "");
      const alias = aliases.length > 0 ? ` as ${aliases.join(", ")}` : "";
      (found[network] ??= []).push(container.name.replace(/-container$/, "") + alias);
    }
  }
  return found;
}

test("networks are closed, but for the two that lead outside, whose members cannot see one another", async () => {
  const networks = (await placed).ofType(NETWORK);
  const labels = (name: string) => [
    { label: "whalewatch.resource", value: name },
    { label: "whalewatch.stack", value: "whalewatch/dev" },
  ];
  const closed = (name: string) => [
    name,
    { driver: "bridge", internal: true, labels: labels(name) },
    true,
  ];
  assert.deepEqual(
    networks.map(({ name, inputs, deleteBeforeReplace }) => [name, inputs, deleteBeforeReplace]),
    [
      [
        "edge-network",
        {
          driver: "bridge",
          internal: false,
          options: { "com.docker.network.bridge.enable_icc": "false" },
          labels: labels("edge-network"),
        },
        true,
      ],
      ...["monitoring-network", "postgres-network"].map(closed),
      [
        "published-network",
        {
          driver: "bridge",
          internal: false,
          options: {
            "com.docker.network.bridge.enable_icc": "false",
            "com.docker.network.bridge.enable_ip_masquerade": "false",
          },
          labels: labels("published-network"),
        },
        true,
      ],
      ...["redis-network", "services-network"].map(closed),
    ],
  );
});

test("each workload is found by its name on its own network alone, and joins only those of its peers", async () => {
  assert.deepEqual(members(await placed), {
    edge: ["efficientnet-v1", "efficientnet-v2", "resnet-v1"],
    published: ["alertmanager", "grafana", "prometheus"],
    monitoring: [
      "alertmanager as alertmanager",
      "grafana as grafana",
      "node-exporter as node-exporter",
      "postgres-exporter as postgres-exporter",
      "prometheus as prometheus",
      "redis-exporter as redis-exporter",
    ],
    postgres: [
      "efficientnet-v1",
      "efficientnet-v2",
      "postgres as postgres",
      "postgres-exporter",
      "resnet-v1",
    ],
    redis: ["efficientnet-v1", "efficientnet-v2", "redis as redis", "redis-exporter", "resnet-v1"],
    services: [
      "blackbox-exporter as blackbox-exporter",
      "efficientnet-v1 as efficientnet-v1",
      "efficientnet-v2 as efficientnet-v2",
      "prometheus",
      "resnet-v1 as resnet-v1",
    ],
  });
});

for (const [given, outside] of [
  [{ internet: true }, "edge"],
  [{ internet: false, publish: 8001 }, "published"],
  [{ internet: true, publish: 8001 }, "edge"],
  [{ internet: false }, undefined],
] as const) {
  test(`a service with ${JSON.stringify(given)} is joined to ${outside ?? "nothing outside"}`, () => {
    const stack = declareStack({ services: { api: serviceSettings(given) } });
    assert.equal(outsideNetwork(workloadOf(stack, "api")), outside);
  });
}

for (const [probes, outside] of [
  [{}, undefined],
  [{ site: { url: "https://www.example.com/" } }, "edge"],
  [{ wiki: { url: "http://10.1.2.3/" } }, "edge"],
] as const) {
  test(`with the probes ${JSON.stringify(probes)} the prober is joined to ${outside ?? "nothing outside"}`, () => {
    const stack = declareStack({ services: { api: serviceSettings() }, probes });
    assert.equal(outsideNetwork(workloadOf(stack, "blackbox-exporter")), outside);
  });
}

test("a stack that has nothing to do with the outside has no edge at all", async () => {
  const services = { api: serviceSettings({ internet: false }) };
  const stack = declareStack({ monitoring: { enabled: false }, services });
  const environment = await placeEnvironment(stack);
  assert.deepEqual(
    environment.ofType(NETWORK).map(({ name }) => name),
    ["services-network"],
  );
});
