import assert from "node:assert/strict";
import { test } from "node:test";
import { clearClusterLeftovers } from "../../../cli/kubernetes/leftovers";
import { UserError } from "../../../cli/user-error";
import { type Answer, FakeCluster, list } from "./fake-cluster";

const STACK = { project: "whalewatch", name: "try" };
const STORES = "whalewatch-try-stores";
const LABELS = { "app.kubernetes.io/managed-by": "whalewatch" };
const PROVIDER = { type: "pulumi:providers:kubernetes", id: "provider" };
const KNOWN = [
  PROVIDER,
  { type: "kubernetes:core/v1:Namespace", id: STORES },
  { type: "kubernetes:apps/v1:StatefulSet", id: `${STORES}/redis` },
  { type: "kubernetes:core/v1:Service", id: `${STORES}/redis` },
];

const made = (name: string, manager = "pulumi-kubernetes-1a2b") => ({
  metadata: { name, namespace: STORES, labels: LABELS, managedFields: [{ manager }] },
});
const space = { metadata: { name: STORES, labels: LABELS } };

async function clear(
  answers: Readonly<Record<string, Answer>>,
  resources: readonly { type: string; id: string }[],
) {
  const api = new FakeCluster({ [`/api/v1/namespaces/${STORES}`]: space, ...answers });
  const said: string[] = [];
  const known = resources.map((resource) => ({ urn: "", protect: false, ...resource }));
  await clearClusterLeftovers(api, STACK, { resources: known }, (line) => void said.push(line));
  return { said, removed: api.removed, asked: api.asked };
}

const SETS = `/apis/apps/v1/namespaces/${STORES}/statefulsets`;
const SERVICES = `/api/v1/namespaces/${STORES}/services`;
const SECRETS = `/api/v1/namespaces/${STORES}/secrets`;

test("a whole stack has no leftovers, and its kinds alone are asked for", async () => {
  const answers = { [SETS]: list(made("redis")), [SERVICES]: list(made("redis")) };
  const { said, removed, asked } = await clear(answers, KNOWN);
  assert.deepEqual([said, removed], [[], []]);
  assert.ok(asked.includes(`${SETS}?labelSelector=app.kubernetes.io%2Fmanaged-by%3Dwhalewatch`));
  assert.deepEqual(
    asked.filter((path) => /persistentvolume|pods/.test(path)),
    [],
  );
});

test("what Pulumi made and does not know is removed by kind and name, each told before", async () => {
  const answers = {
    [SETS]: list(made("redis")),
    // The same name as a known set, but of another kind.
    [SECRETS]: list(made("redis")),
  };
  const { said, removed } = await clear(answers, KNOWN);
  assert.deepEqual(said, [
    `Removing Secret ${STORES}/redis, which an interrupted update left behind.`,
  ]);
  assert.deepEqual(removed, [`${SECRETS}/redis`]);
});

test("what somebody else made stays, and is told with the way to remove it", async () => {
  const { said, removed } = await clear({ [SECRETS]: list(made("mine", "kubectl-create")) }, KNOWN);
  assert.deepEqual(removed, []);
  assert.deepEqual(said, [
    `Secret ${STORES}/mine carries the stack's labels and is not in the state, and was not made by Pulumi, so it stays. If nothing else deploys it: kubectl --context lab delete secrets mine --namespace ${STORES}`,
  ]);
});

test("a namespace that the state lost may hold data: it stays, and the ways out are told", async () => {
  const { said, removed } = await clear({}, [PROVIDER]);
  assert.deepEqual(removed, []);
  assert.deepEqual(said, [
    `Namespace ${STORES} carries the stack's labels and is not in the state. It may hold data, so it stays, and an update that wants to create it fails. Bring back the state that made it, or if nothing in it is needed: kubectl --context lab delete namespace ${STORES}`,
  ]);
});

test("a state that knows nothing of a cluster where the stack runs is another's: refused", async () => {
  const api = new FakeCluster({
    [`/api/v1/namespaces/${STORES}`]: space,
    [SETS]: list(made("redis")),
    [SERVICES]: list(made("redis")),
  });
  await assert.rejects(
    clearClusterLeftovers(api, STACK, { resources: [] }, () => assert.fail()),
    (error) => {
      assert.ok(error instanceof UserError);
      assert.match(
        error.message,
        /has 2 objects of try, and this Pulumi state knows nothing of them.*Nothing was changed\.$/,
      );
      return true;
    },
  );
  assert.deepEqual(api.removed, []);
});

test("what is on its way out is left alone", async () => {
  const ending = {
    metadata: { ...made("old").metadata, deletionTimestamp: "2026-11-23T10:00:00Z" },
  };
  const { said, removed } = await clear({ [SECRETS]: list(ending) }, KNOWN);
  assert.deepEqual([said, removed], [[], []]);
});

test("roles that live in no namespace are told by the stack's own labels, and go like all else", async () => {
  const ROLES = "/apis/rbac.authorization.k8s.io/v1/clusterroles";
  const role = {
    metadata: {
      name: "whalewatch-try-prometheus",
      labels: LABELS,
      managedFields: [{ manager: "pulumi-kubernetes-1a2b" }],
    },
  };
  const { said, removed, asked } = await clear({ [ROLES]: list(role) }, KNOWN);
  assert.deepEqual(said, [
    "Removing ClusterRole whalewatch-try-prometheus, which an interrupted update left behind.",
  ]);
  assert.deepEqual(removed, [`${ROLES}/whalewatch-try-prometheus`]);
  const [query = ""] = asked.filter((path) => path.startsWith(ROLES));
  assert.match(decodeURIComponent(query), /,app\.kubernetes\.io\/instance=whalewatch-try$/);
});
