import assert from "node:assert/strict";
import { test } from "node:test";
import { connectionFaults } from "../../../../cli/render/connection-proof";
import { clusterStack, objectsOf } from "../../../support/cluster";
import { Tree } from "../../../support/rendered";
import { service, type Values } from "../../../support/stack-settings";

const external = { host: "db.example.com", database: "whales", user: "orca", secret: "password" };
const monitoring = { user: "watcher", secret: "password" };
const stackOf = (changes: Values) =>
  clusterStack(
    {
      services: { api: service({ needs: ["postgres"], internet: false }), other: service() },
      postgres: { external: { ...external, monitoring, ...changes } },
    },
    ["password"],
  );
const egressOf = (stack: ReturnType<typeof stackOf>, name: string): Tree[] => {
  const policies = objectsOf(stack).filter(({ kind }) => kind === "NetworkPolicy");
  const policy = policies.find(({ metadata }) => metadata.name === name);
  return Tree.of(policy).at("spec", "egress").list;
};

for (const [title, changes, rule] of [
  [
    "with a range: that port on those addresses",
    { cidr: "10.0.4.0/24" },
    { to: [{ ipBlock: { cidr: "10.0.4.0/24" } }], ports: [{ protocol: "TCP", port: 5432 }] },
  ],
  [
    "by address: that port on that address",
    { host: "10.0.4.7", port: 6432 },
    { to: [{ ipBlock: { cidr: "10.0.4.7/32" } }], ports: [{ protocol: "TCP", port: 6432 }] },
  ],
  ["by name alone: that port on any address", {}, { ports: [{ protocol: "TCP", port: 5432 }] }],
] as const) {
  test(`a peer outside ${title}`, () => {
    const stack = stackOf(changes);
    const rules = ["api", "postgres-exporter"].map((name) =>
      egressOf(stack, name).map(({ plain }) => plain),
    );
    for (const found of rules) assert.deepEqual(found[0], rule);
    assert.ok(!JSON.stringify(egressOf(stack, "other").map(({ plain }) => plain)).includes("5432"));
    assert.deepEqual(connectionFaults(stack, objectsOf(stack)), []);
  });
}

test("a peer on the port of HTTPS is proven like every other", () => {
  for (const changes of [{ port: 443 }, { port: 443, cidr: "10.0.0.0/8" }]) {
    const stack = stackOf(changes);
    assert.deepEqual(connectionFaults(stack, objectsOf(stack)), []);
  }
});
