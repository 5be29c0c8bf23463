import assert from "node:assert/strict";
import { test } from "node:test";
import { PodWatch } from "../../../cli/kubernetes/watch/pod-watch";
import { UserError } from "../../../cli/user-error";
import { FakeCluster, list } from "./fake-cluster";
import { IMAGE, NAMESPACE, pod, type PodSketch } from "./pod";

const ROOT = `/api/v1/namespaces/${NAMESPACE}`;
const STACK = { project: "whalewatch", name: "try" };
const BROKEN: PodSketch = {
  name: "api-1",
  workload: "api",
  phase: "Pending",
  waiting: { reason: "ImagePullBackOff", message: "Back-off pulling\n  image" },
};
const PLACE = `api (pod api-1 in ${NAMESPACE})`;

/** Follows made-up pods; each look is at a second and finds what is given. */
async function follow(
  before: { readonly pods?: readonly PodSketch[]; readonly events?: readonly object[] },
  looks: readonly (readonly [
    second: number,
    pods: readonly PodSketch[],
    events?: readonly object[],
  ])[],
  logs = "",
) {
  let pods = before.pods ?? [];
  let events = before.events ?? [];
  const said: string[] = [];
  const api = new FakeCluster({
    [`${ROOT}/pods`]: () => list(...pods.map(pod)),
    [`${ROOT}/events`]: () => list(...events),
    [`${ROOT}/pods/api-1/log`]: () => logs,
  });
  const watch = new PodWatch({
    ...{ api, stack: STACK, namespaces: [NAMESPACE, "whalewatch-try-stores"] },
    ...{ images: new Set([IMAGE]), say: (line) => void said.push(line) },
  });
  await watch.remember();
  for (const [second, found, happened = []] of looks) {
    [pods, events] = [found, happened];
    await watch.look(second * 1000);
  }
  return { watch, said, api };
}

const event = (reason: string, message: string, involved: object = {}) => ({
  metadata: { uid: `${reason} ${message}` },
  involvedObject: { kind: "Pod", name: "api-1", namespace: NAMESPACE, ...involved },
  ...{ reason, message, count: 1 },
});

test("it asks for the pods of its stack alone, and for warnings alone", async () => {
  const { api } = await follow({}, []);
  assert.deepEqual(api.asked.filter((path) => path.startsWith(ROOT)).map(decodeURIComponent), [
    `${ROOT}/pods?labelSelector=app.kubernetes.io/instance=whalewatch-try`,
    `${ROOT}/events?fieldSelector=type=Warning`,
  ]);
});

test("times to ready are those of pods that came meanwhile, the slowest replica's", async () => {
  const { watch, said } = await follow(
    { pods: [{ name: "old", workload: "redis", readyAfter: 9 }] },
    [
      [
        2,
        [
          { name: "old", workload: "redis", readyAfter: 9 },
          { name: "a", workload: "api", readyAfter: 3 },
          { name: "b", workload: "api", readyAfter: 5 },
          { name: "c", workload: "web" },
        ],
      ],
    ],
  );
  assert.deepEqual([...watch.secondsToWell], [["api", 5]]);
  assert.deepEqual(said, []);
});

for (const reason of ["ErrImagePull", "ImagePullBackOff", "InvalidImageName"]) {
  test(`${reason} is told once, at the first look that finds it`, async () => {
    const broken = { ...BROKEN, waiting: { reason, message: "Back-off pulling\n  image" } };
    const { said, watch } = await follow({}, [
      [2, [broken]],
      [4, [broken]],
      [6, [BROKEN]],
    ]);
    assert.deepEqual(said, [
      `${PLACE}, image ${IMAGE}: the image cannot be pulled (${reason}): Back-off pulling image`,
    ]);
    assert.equal(watch.hopeless.aborted, false);
  });
}

for (const [last, aborted] of [
  [61, false],
  [62, true],
] as const) {
  test(`an image that fails from second 2 to ${last} ${aborted ? "stops the update" : "does not yet"}`, async () => {
    const { watch } = await follow({}, [
      [2, [BROKEN]],
      [30, [BROKEN]],
      [last, [BROKEN]],
    ]);
    assert.equal(watch.hopeless.aborted, aborted);
    if (!aborted) return;
    const reason: unknown = watch.hopeless.reason;
    assert.ok(reason instanceof UserError);
    assert.equal(
      reason.message,
      `The update was stopped, since for 60 s an image could not be pulled. ${PLACE}, image ${IMAGE}: the image cannot be pulled (ImagePullBackOff): Back-off pulling image
Correct the image's name in the stack file, push it, or give the cluster access (whalewatch:kubernetes.imagePullSecrets); then run this again.`,
    );
  });
}

test("an image that came in between begins anew", async () => {
  const well = { name: "api-1", workload: "api", readyAfter: 40 };
  const { watch } = await follow({}, [
    [2, [BROKEN]],
    [40, [well]],
    [62, [BROKEN]],
    [100, [BROKEN]],
  ]);
  assert.equal(watch.hopeless.aborted, false);
});

test("an older image that this update replaces does not stop it", async () => {
  const older = { ...BROKEN, image: "registry.example.com/api:0.9.0" };
  const { watch, said } = await follow({ pods: [older] }, [
    [2, [older]],
    [90, [older]],
  ]);
  assert.deepEqual([watch.hopeless.aborted, said.length], [false, 1]);
});

test("a crash loop comes with how it ended and the last lines of its log", async () => {
  const crashing: PodSketch = {
    ...{ name: "api-1", workload: "api", restarts: 3 },
    ...{ waiting: { reason: "CrashLoopBackOff" }, ended: { exitCode: 137, reason: "OOMKilled" } },
  };
  const { said, api } = await follow(
    {},
    [
      [2, [crashing]],
      [4, [crashing]],
    ],
    "starting\nno database\n",
  );
  assert.deepEqual(said, [
    `${PLACE}, image ${IMAGE}: it ends again and again (CrashLoopBackOff, 3 restarts, exit code 137, OOMKilled); its last lines:
    | starting
    | no database`,
  ]);
  assert.equal(
    api.asked.find((path) => path.includes("/log")),
    `${ROOT}/pods/api-1/log?container=api&previous=true&tailLines=10`,
  );
});

test("a crash without a log says so", async () => {
  const crashing = { ...BROKEN, waiting: { reason: "CrashLoopBackOff" }, restarts: 1 };
  const { said } = await follow({}, [[2, [crashing]]]);
  assert.match(said.join(), /CrashLoopBackOff, 1 restart\); it wrote no log$/);
});

test("a pod that no node takes is told with the reason once it lasts", async () => {
  const waiting = {
    name: "api-1",
    workload: "api",
    phase: "Pending",
    unschedulable: "0/1 nodes: Insufficient memory.",
  };
  const { said } = await follow({}, [
    [2, [waiting]],
    [4, [waiting]],
  ]);
  assert.deepEqual(said, [], "claims may still be on their way");
  const later = await follow({}, [
    [2, [waiting]],
    [6, [waiting]],
    [8, [waiting]],
  ]);
  assert.deepEqual(later.said, [
    `${PLACE}: no node takes it (Unschedulable): 0/1 nodes: Insufficient memory.`,
  ]);
});

test("a mount that fails is told while the pod waits for it; earlier warnings are not", async () => {
  const failed = event("FailedMount", 'MountVolume.SetUp failed for volume "data" : no such disk');
  const pending: PodSketch = { name: "api-1", workload: "api", phase: "Pending" };
  const looks = [
    [2, [pending], [failed]],
    [8, [pending], [failed]],
  ] as const;
  const { said } = await follow({}, looks);
  assert.deepEqual(said, [
    `${PLACE}: a volume cannot be mounted (FailedMount): MountVolume.SetUp failed for volume "data" : no such disk`,
  ]);
  assert.deepEqual((await follow({ events: [failed] }, looks)).said, []);
  const running = { ...pending, phase: "Running" };
  const over = [
    [2, [running], [failed]],
    [8, [running], [failed]],
  ] as const;
  assert.deepEqual((await follow({}, over)).said, []);
});

test("pods that the cluster refuses to make are told with its words", async () => {
  const involved = { kind: "ReplicaSet", name: "api-5f" };
  const refused = event("FailedCreate", "exceeded quota: budget", involved);
  const { said } = await follow({}, [[2, [], [refused]]]);
  assert.deepEqual(said, [
    `ReplicaSet api-5f in ${NAMESPACE}: no pod can be made (FailedCreate): exceeded quota: budget`,
  ]);
});

test("a pod that is being deleted has no problems any more", async () => {
  assert.deepEqual((await follow({}, [[2, [{ ...BROKEN, deleted: true }]]])).said, []);
});

test("after its end it looks no more", async () => {
  const watch = await PodWatch.begin({
    ...{ api: new FakeCluster(), stack: STACK, namespaces: [NAMESPACE] },
    ...{ images: new Set<string>(), say: () => assert.fail() },
  });
  watch.end();
});
