import assert from "node:assert/strict";
import { test } from "node:test";
import { checkAnswers } from "../../../../cli/checks/kubernetes/answers";
import { checkNames } from "../../../../cli/checks/kubernetes/names";
import { checkNamespaces } from "../../../../cli/checks/kubernetes/namespaces";
import { checkStorageClass } from "../../../../cli/checks/kubernetes/storage";
import { ApiError } from "../../../../cli/kubernetes/api/cluster-api";
import { FakeCluster, list } from "../../kubernetes/fake-cluster";
import { declareCluster } from "../../kubernetes/cluster-stack";

for (const [error, problem, remedy] of [
  [
    new ApiError("connect ECONNREFUSED 10.0.0.1:6443"),
    "No cluster answers at https://lab.example.com:6443 (context lab): connect ECONNREFUSED 10.0.0.1:6443",
    "Start the cluster or the VPN to it, then try: kubectl --context lab version",
  ],
  [
    new ApiError("Unauthorized", 401),
    "The cluster at https://lab.example.com:6443 does not accept the credentials of the context lab: Unauthorized",
    "Log in to the cluster again, then try: kubectl --context lab auth whoami",
  ],
] as const) {
  test(`${error.message}: told with the address and the context`, async () => {
    const api = new FakeCluster({}, () => error);
    assert.deepEqual(await checkAnswers(api), [{ problem, remedy }]);
  });
}

test("a cluster that answers is no obstacle", async () => {
  assert.deepEqual(await checkAnswers(new FakeCluster()), []);
});

const space = (phase: string, managedBy?: string) => ({
  metadata: {
    labels: managedBy === undefined ? {} : { "app.kubernetes.io/managed-by": managedBy },
  },
  status: { phase },
});

test("namespaces may be absent or the stack's own, not another's and not on their way out", async () => {
  const api = new FakeCluster({
    "/api/v1/namespaces/own": space("Active", "whalewatch"),
    "/api/v1/namespaces/foreign": space("Active"),
    "/api/v1/namespaces/ending": space("Terminating", "whalewatch"),
    "/api/v1/namespaces/hidden": new ApiError("forbidden", 403),
  });
  const spaces = ["own", "absent", "foreign", "ending", "hidden"];
  assert.deepEqual(await checkNamespaces(api, spaces), [
    {
      problem:
        "Namespace foreign exists already and is not this program's (no label app.kubernetes.io/managed-by=whalewatch).",
      remedy: "Give the stack another name, or delete the namespace if nobody needs it.",
    },
    {
      problem: "Namespace ending is still being deleted.",
      remedy:
        "Wait until it is gone; what holds it says: kubectl --context lab get namespace ending -o yaml",
    },
  ]);
});

const storageClass = (name: string, isDefault = false) => ({
  metadata: {
    name,
    annotations: isDefault ? { "storageclass.kubernetes.io/is-default-class": "true" } : {},
  },
});
const CLASSES = "/apis/storage.k8s.io/v1/storageclasses";
const SET_ONE = "Set whalewatch:kubernetes.storageClass in Pulumi.try.yaml to one of them.";

for (const [wanted, classes, expected] of [
  [undefined, [storageClass("slow"), storageClass("fast", true)], []],
  ["slow", [storageClass("slow")], []],
  [
    undefined,
    [storageClass("slow"), storageClass("fast")],
    [
      {
        problem:
          "The cluster has no default storage class for the volumes of redis; there are: slow, fast.",
        remedy: SET_ONE,
      },
    ],
  ],
  [
    "ssd",
    [storageClass("slow", true)],
    [
      {
        problem: "The cluster has no storage class ssd for the volumes of redis; there are: slow.",
        remedy: SET_ONE,
      },
    ],
  ],
  [
    undefined,
    [],
    [
      {
        problem:
          "The cluster has no default storage class for the volumes of redis; there is none.",
        remedy: "Have the cluster's administrator install a provisioner of volumes.",
      },
    ],
  ],
] as const) {
  const names = classes.map(({ metadata }) => metadata.name).join(" and ");
  test(`storage class ${wanted ?? "by default"} among ${names === "" ? "none" : names}`, async () => {
    const api = new FakeCluster({ [CLASSES]: list(...classes) });
    const stack = declareCluster(wanted === undefined ? {} : { storageClass: wanted });
    assert.deepEqual(await checkStorageClass(api, stack), expected);
  });
}

test("who may not see storage classes is not kept from using them", async () => {
  const api = new FakeCluster({ [CLASSES]: new ApiError("forbidden", 403) });
  assert.deepEqual(await checkStorageClass(api, declareCluster()), []);
});

test("a set's name leaves room for the hash that Kubernetes adds", () => {
  const stack = declareCluster();
  const renamed = (length: number) => ({
    ...stack,
    workloads: stack.workloads.map((workload) =>
      workload.name === "redis" ? { ...workload, name: "r".repeat(length) } : workload,
    ),
  });
  assert.ok("objects" in checkNames(renamed(52)));
  const checked = checkNames(renamed(53));
  assert.ok("obstacles" in checked);
  assert.deepEqual(
    checked.obstacles.map(({ problem }) => problem),
    [
      `The name of StatefulSet ${"r".repeat(53)} would be ${"r".repeat(53)}: 53 characters, 52 at most.`,
    ],
  );
});
