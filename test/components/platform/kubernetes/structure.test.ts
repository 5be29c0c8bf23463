import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { clusterStacks } from "../../../support/arbitrary-cluster";
import { plainObjects, projectCluster } from "../../../support/cluster";
import { structureFaults } from "../../../support/kubernetes-schema";

for (const name of ["dev", "prod"] as const) {
  test(`${name}: every field of every object is one that Kubernetes has, and of its type`, () => {
    const stack = projectCluster(name);
    assert.deepEqual(
      plainObjects(stack).flatMap(({ kind, name: own, tree }) =>
        structureFaults(kind, tree.plain).map((fault) => `${own}: ${fault}`),
      ),
      [],
    );
  });
}

test("in every stack every field is one that Kubernetes has, and of its type", () => {
  fc.assert(
    fc.property(clusterStacks, (stack) => {
      for (const { kind, tree } of plainObjects(stack)) {
        assert.deepEqual(structureFaults(kind, tree.plain), []);
      }
    }),
    { numRuns: 10 },
  );
});

for (const [object, fault] of [
  [{ spec: { replica: 1 } }, "spec.replica: no such field of V1DeploymentSpec"],
  [{ spec: { replicas: "1" } }, 'spec.replicas: found "1"; allowed: number'],
  [{ spec: { template: [] } }, "spec.template: found []; allowed: V1PodTemplateSpec"],
  [
    { spec: { template: { spec: { containers: { name: "a" } } } } },
    'spec.template.spec.containers: found {"name":"a"}; allowed: Array<V1Container>',
  ],
  [{ metadata: { labels: { a: 1 } } }, "metadata.labels.a: found 1; allowed: string"],
] as const) {
  test(`the check finds ${fault}`, () => {
    assert.deepEqual(structureFaults("Deployment", object), [fault]);
  });
}
