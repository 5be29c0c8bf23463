import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Alertmanager } from "../../components/alertmanager";
import { ApiService } from "../../components/api-service";
import { BlackboxExporter } from "../../components/blackbox-exporter";
import { Grafana } from "../../components/grafana";
import { NodeExporter } from "../../components/node-exporter";
import type { PlacementArgs } from "../../components/platform/platform";
import { Postgres } from "../../components/postgres";
import { PostgresExporter } from "../../components/postgres-exporter";
import { Prometheus } from "../../components/prometheus";
import { Redis } from "../../components/redis";
import { RedisExporter } from "../../components/redis-exporter";
import type { GeneratedSecret } from "../../model/secrets";
import { projectStack, workloadOf } from "../support/declared-stack";
import { deploy } from "../support/deploy";
import { PASSWORD } from "../support/placed-environment";

const dev = projectStack("dev");

const cases = [
  { Component: Alertmanager, workload: "alertmanager", own: [] },
  { Component: ApiService, workload: "resnet-v1", own: [] },
  { Component: BlackboxExporter, workload: "blackbox-exporter", own: [] },
  { Component: Grafana, workload: "grafana", own: ["grafana-admin"] },
  { Component: NodeExporter, workload: "node-exporter", own: [] },
  {
    Component: Postgres,
    workload: "postgres",
    own: ["postgres-superuser", "postgres-app", "postgres-monitoring"],
  },
  { Component: PostgresExporter, workload: "postgres-exporter", own: [] },
  { Component: Prometheus, workload: "prometheus", own: [] },
  { Component: Redis, workload: "redis", own: ["redis"] },
  { Component: RedisExporter, workload: "redis-exporter", own: [] },
] as const;

for (const { Component, workload: name, own } of cases) {
  const does = own.length > 0 ? `makes ${own.join(", ")} and places` : "places";
  test(`${Component.name} ${does} its workload once, as its own child`, async () => {
    const workload = workloadOf(dev, name);
    const placements: { args: PlacementArgs; parent: pulumi.Resource }[] = [];
    const asked: unknown[] = [];
    let component: InstanceType<typeof Component> | undefined;
    const { resources } = await deploy(() => {
      component = new Component(name, {
        workload,
        mounts: [],
        platform: {
          place: (args, parent) => {
            placements.push({ args, parent });
            for (const generated of own) args.secrets({ generated });
            args.secrets({ declared: "token" });
            return { ready: [parent] };
          },
          handOver: () => assert.fail("a workload hands nothing over"),
        },
        secrets: (reference) => {
          asked.push(reference);
          return pulumi.secret("value");
        },
      });
    });
    const [placement, ...more] = placements;
    assert.ok(component && placement);
    assert.deepEqual(more, []);
    assert.equal(placement.parent, component);
    assert.equal(placement.args.workload, workload);
    assert.deepEqual(placement.args.after, []);
    assert.deepEqual(component.ready, [component]);
    assert.deepEqual([...component.passwords.keys()], own satisfies readonly GeneratedSecret[]);
    assert.deepEqual(asked, [{ declared: "token" }], "own passwords are not asked for elsewhere");

    const [registered, ...parts] = resources;
    assert.deepEqual(
      [registered?.type, registered?.name, registered?.inputs, registered?.outputs],
      [`whalewatch:index:${Component.name}`, name, {}, {}],
    );
    assert.deepEqual(
      parts.map(({ type, name: part, parent }) => [type, part, parent]),
      own.map((secret) => [PASSWORD, `${secret}-password`, registered?.urn]),
    );
  });
}
