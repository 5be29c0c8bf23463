import assert from "node:assert/strict";
import { test } from "node:test";
import { networksOf } from "../../../model/networks";
import { findWorkload, type Stack } from "../../../model/stack";
import { service, stackFrom, type Values } from "../../support/stack-settings";

const NAME = "docker-stats-collector";
const on = (containers: Values = {}, rest: Values = {}): Stack =>
  stackFrom({
    services: { api: service() },
    exporters: { containers: { enabled: true, socketGroup: 105, ...containers } },
    ...rest,
  });

test("no collector unless somebody asks for one, and none without what it would tell", () => {
  assert.equal(findWorkload(stackFrom({ services: { api: service() } }), NAME), undefined);
  assert.equal(findWorkload(on({}, { monitoring: { enabled: false } }), NAME), undefined);
});

test("it alone has the engine's socket, and that socket's group in place of root or a privilege", () => {
  const withSocket = on().workloads.filter(({ engineSocket }) => engineSocket !== undefined);
  assert.deepEqual(
    withSocket.map(({ name, engineSocket, user, readOnlyRoot, hostDirectories }) => ({
      ...{ name, engineSocket, user, readOnlyRoot, hostDirectories },
    })),
    [
      {
        name: NAME,
        engineSocket: "/var/run/docker.sock",
        user: { uid: 10_001, gid: 105 },
        readOnlyRoot: true,
        hostDirectories: [],
      },
    ],
  );
  const elsewhere = findWorkload(on({ socket: "/run/user/1000/docker.sock" }), NAME);
  assert.equal(elsewhere?.engineSocket, "/run/user/1000/docker.sock");
});

test("only Prometheus is on a network with it, and it goes nowhere", () => {
  const { workloads } = on();
  const network = networksOf(workloads).find(({ name }) => name === NAME);
  assert.deepEqual(network?.members, [NAME, "prometheus"]);
  const collector = findWorkload(on(), NAME);
  assert.deepEqual(
    [collector?.connects, collector?.internet, collector?.ports],
    [[], false, [{ container: 8889 }]],
  );
});

for (const [memory, heap] of [
  ["192Mi", "153MiB"],
  ["64Mi", "51MiB"],
] as const) {
  test(`of ${memory} its heap may fill ${heap}`, () => {
    const collector = findWorkload(on({ limits: { memory, cpu: 0.1 } }), NAME);
    assert.deepEqual(collector?.env, { GOMEMLIMIT: heap });
  });
}
