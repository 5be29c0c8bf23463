import assert from "node:assert/strict";
import { test } from "node:test";
import { deleteNamespaces, describeKept, keptNamespaces } from "../../../cli/kubernetes/kept-data";
import { ABSENT, ApiError } from "../../../cli/kubernetes/api/cluster-api";
import { FakeCluster, list } from "./fake-cluster";

const STACK = { project: "whalewatch", name: "try" };
const STORES = "/api/v1/namespaces/whalewatch-try-stores";
const SERVICES = "/api/v1/namespaces/whalewatch-try-services";
const OURS = { metadata: { labels: { "app.kubernetes.io/managed-by": "whalewatch" } } };
const claim = (name: string, storage: string) => ({
  metadata: { name },
  spec: { resources: { requests: { storage } } },
});
const volume = (name: string, policy: string, namespace: string) => ({
  metadata: { name },
  spec: { persistentVolumeReclaimPolicy: policy, claimRef: { namespace } },
});

/** A namespace of the stack with two claims, one of somebody else, and volumes of either. */
function cluster(): FakeCluster {
  const api: FakeCluster = new FakeCluster({
    [STORES]: () => (api.removed.includes(STORES) ? absent() : OURS),
    [`${STORES}/persistentvolumeclaims`]: list(
      claim("data-redis-0", "2Gi"),
      claim("data-pg-0", "5Gi"),
    ),
    [SERVICES]: { metadata: {} },
    "/api/v1/persistentvolumes": list(
      volume("pv-1", "Retain", "whalewatch-try-stores"),
      volume("pv-2", "Delete", "whalewatch-try-stores"),
      volume("pv-3", "Retain", "elsewhere"),
    ),
  });
  return api;
}
const absent = () => new ApiError("gone", ABSENT);

test("the stack's own namespaces and the claims in them are told", async () => {
  const kept = await keptNamespaces(cluster(), STACK);
  assert.deepEqual(kept.map(describeKept), [
    "namespace whalewatch-try-stores with the claims data-redis-0 (2Gi), data-pg-0 (5Gi)",
  ]);
  assert.equal(describeKept({ name: "a", claims: [] }), "namespace a");
  assert.equal(
    describeKept({ name: "a", claims: ["x (1Gi)"] }),
    "namespace a with the claim x (1Gi)",
  );
});

test("they alone are deleted, waited for, and volumes that outlive them are named", async () => {
  const api = cluster();
  const said: string[] = [];
  await deleteNamespaces(api, STACK, (line) => void said.push(line));
  assert.deepEqual(api.removed, [STORES]);
  assert.deepEqual(said, [
    "Deleted namespace whalewatch-try-stores with the claims data-redis-0 (2Gi), data-pg-0 (5Gi).",
    "Their class keeps the volumes pv-1; to delete them too: kubectl --context lab delete persistentvolume pv-1",
  ]);
});
