import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { checkPermissions } from "../../../../cli/checks/kubernetes/permissions";
import type { StackObject } from "../../../../cli/kubernetes/stack-objects";
import { FakeCluster } from "../../kubernetes/fake-cluster";

const review = z.object({
  spec: z.object({
    resourceAttributes: z.object({
      namespace: z.string().default("cluster"),
      group: z.string(),
      resource: z.string(),
      subresource: z.string().optional(),
      verb: z.string(),
    }),
  }),
});
type Question = z.output<typeof review>["spec"]["resourceAttributes"];

const metadata = (name: string, namespace?: string) => ({
  name,
  labels: {},
  ...(namespace !== undefined && { namespace }),
});
const OBJECTS = [
  { kind: "Namespace", metadata: metadata("a") },
  { kind: "Secret", metadata: metadata("one", "a") },
  { kind: "Secret", metadata: metadata("two", "a") },
  { kind: "Service", metadata: metadata("one", "a") },
  { kind: "Secret", metadata: metadata("one", "b") },
] as const;

const ROLES: readonly StackObject[] = [
  {
    kind: "ClusterRole",
    metadata: metadata("prometheus"),
    rules: [
      { apiGroups: [""], resources: ["nodes"], verbs: ["list", "watch"] },
      { apiGroups: [""], resources: ["nodes/metrics"], verbs: ["get"] },
    ],
  },
  {
    kind: "Role",
    metadata: metadata("watcher", "a"),
    rules: [{ apiGroups: ["apps"], resources: ["deployments"], verbs: ["list"] }],
  },
];

const check = async (
  allowed: (question: Question) => boolean,
  objects: readonly StackObject[] = OBJECTS,
) => {
  const api = new FakeCluster({}, (_, body) => ({
    status: { allowed: allowed(review.parse(body).spec.resourceAttributes) },
  }));
  return { obstacles: await checkPermissions(api, objects), asked: api.posts.length };
};

test("an administrator is asked once", async () => {
  const { obstacles, asked } = await check(() => true);
  assert.deepEqual([obstacles, asked], [[], 1]);
});

test("who may do everything to each kind is asked once a kind and namespace", async () => {
  const { obstacles, asked } = await check(({ resource }) => resource !== "*");
  // All at once; namespaces, secrets twice, services, and four more resources in each namespace.
  assert.deepEqual([obstacles, asked], [[], 1 + 4 + 8]);
});

test("everything that is missing is one obstacle, the same rights in many places together", async () => {
  const { obstacles } = await check(
    ({ namespace, resource, subresource, verb }) =>
      verb !== "*" &&
      !(resource === "namespaces" && verb === "create") &&
      !(namespace === "a" && resource === "services" && ["create", "patch"].includes(verb)) &&
      !(resource === "secrets" && verb === "delete") &&
      !(subresource === "log" && namespace === "b"),
  );
  assert.deepEqual(obstacles, [
    {
      problem: `The user of the context lab may not do what an update does. Missing:
    in the whole cluster: create namespaces
    in a: create, patch services; delete secrets
    in b: delete secrets; get pods/log`,
      remedy:
        "Have the cluster's administrator grant these; to see what there is: kubectl --context lab auth can-i --list --namespace NAMESPACE",
    },
  ]);
});

test("places that lack the same share a line", async () => {
  const { obstacles } = await check(
    ({ resource, verb }) => verb !== "*" && !(resource === "secrets" && verb === "list"),
  );
  assert.match(obstacles[0]?.problem ?? "", /\n {4}in a, in b: list secrets$/);
});

test("who makes roles needs what they grant, and learns how to do without the rights on nodes", async () => {
  const { obstacles } = await check(
    ({ resource, verb }) => verb !== "*" && !["nodes", "deployments"].includes(resource),
    ROLES,
  );
  assert.deepEqual(obstacles, [
    {
      problem: `The user of the context lab may not do what an update does. Missing:
    in the whole cluster: get nodes/metrics; list, watch nodes
    in a: list deployments.apps`,
      remedy:
        "Have the cluster's administrator grant these; to see what there is: kubectl --context lab auth can-i --list --namespace NAMESPACE. The rights in the whole cluster on nodes and on cluster roles are for the metrics of the kubelets alone; to do without them: whalewatch:exporters: { kubelet: { enabled: false } }.",
    },
  ]);
});
