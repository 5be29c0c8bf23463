import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError } from "../../../cli/kubernetes/api/cluster-api";
import { type NetworkVerdict, probeNetwork } from "../../../cli/kubernetes/probe/network-probe";
import { networkWarnings } from "../../../cli/kubernetes/probe/network-warning";
import { RememberedVerdicts } from "../../../cli/kubernetes/probe/remembered-verdicts";
import { stackObjects } from "../../../cli/kubernetes/stack-objects";
import { declareStack, serviceSettings } from "../../support/declared-stack";
import { temporaryFolder } from "../../support/temporary-folder";
import { declareCluster } from "./cluster-stack";
import { FakeCluster } from "./fake-cluster";

interface Behaviour {
  /** What a try says before and after the policy. */
  readonly before: "open" | "closed";
  readonly after?: "open" | "closed";
  readonly podStatus?: object;
  readonly refusesNamespace?: boolean;
}

/** A cluster in which each look is one more try, and half a second passes between two. */
async function probe({ before, after = "closed", podStatus, refusesNamespace }: Behaviour) {
  let [time, namespace, closed] = [0, "", false];
  const tries: string[] = [];
  const api = new FakeCluster({}, (path, body) => {
    if (path === "/api/v1/namespaces" && refusesNamespace === true) {
      return new ApiError("namespaces is forbidden", 403);
    }
    namespace ||= /probe-\w+/.exec(JSON.stringify(body))?.[0] ?? "";
    closed ||= path.endsWith("/networkpolicies");
    return {};
  });
  api.get = (path) =>
    Promise.resolve(
      path.includes("/pods/")
        ? { status: podStatus ?? { phase: "Running", podIP: "10.1.2.3" } }
        : { items: [] },
    );
  api.text = () => {
    tries.push(closed ? after : before);
    return Promise.resolve(`${tries.join("\n")}\n`);
  };
  const clock = {
    now: () => time,
    wait: (milliseconds: number) => Promise.resolve((time += milliseconds)),
  };
  const verdict = await probeNetwork(api, "some/image:1", new AbortController().signal, clock);
  assert.deepEqual(api.removed, [api.removed[0]], "the namespace is removed, once");
  assert.match(api.removed[0] ?? "", /^\/api\/v1\/namespaces\/whalewatch-probe-[0-9a-f]{8}$/);
  return { verdict, api, time };
}

test("a connection that ends with the policy: enforced, and pods like the stack's tried it", async () => {
  const { verdict, api } = await probe({ before: "open", after: "closed" });
  assert.deepEqual(verdict, { kind: "enforced" });
  assert.deepEqual(
    api.posts.map(({ path }) => path.replace(/probe-\w+/, "probe")),
    [
      "/api/v1/namespaces",
      "/api/v1/namespaces/whalewatch-probe/pods",
      "/api/v1/namespaces/whalewatch-probe/pods",
      "/apis/networking.k8s.io/v1/namespaces/whalewatch-probe/networkpolicies",
    ],
  );
  assert.match(JSON.stringify(api.posts[2]?.body), /nc -w 1 10\.1\.2\.3 9999/);
});

test("a connection that outlives the policy: open", async () => {
  const { verdict } = await probe({ before: "open", after: "open" });
  assert.deepEqual(verdict, { kind: "open" });
});

for (const [what, behaviour, reason] of [
  [
    "pods that never reach each other prove nothing",
    { before: "closed" },
    "within 30 s the pods could not reach each other even without a policy",
  ],
  [
    "pods without an image prove nothing",
    {
      before: "open",
      podStatus: { containerStatuses: [{ state: { waiting: { reason: "ErrImagePull" } } }] },
    },
    "the pod does not start (ErrImagePull)",
  ],
  [
    "pods that end at once prove nothing",
    { before: "open", podStatus: { phase: "Failed" } },
    "the pod ended at once, perhaps for want of a shell and netcat in its image",
  ],
  [
    "who may not make namespaces proves nothing",
    { before: "open", refusesNamespace: true },
    "namespaces is forbidden",
  ],
] as const) {
  test(`${what}, and half a minute at most is spent on it`, async () => {
    const { verdict, time } = await probe(behaviour);
    assert.deepEqual(verdict, { kind: "unknown", reason });
    assert.ok(time <= 30_000);
  });
}

const MONITORED = declareStack({
  platform: "kubernetes",
  kubernetes: { context: "lab" },
  services: { api: serviceSettings() },
});

test("what was found out is warned of and remembered for a day, by cluster", async (context) => {
  const folder = temporaryFolder(context);
  let now = 0;
  const verdicts = new RememberedVerdicts(folder, () => now);
  const images: string[] = [];
  const ask = (kind: NetworkVerdict) =>
    networkWarnings({
      api: new FakeCluster(),
      controllers: stackObjects(MONITORED).controllers,
      verdicts,
      probe: (_, image) => {
        images.push(image);
        return Promise.resolve(kind);
      },
    });
  assert.match((await ask({ kind: "unknown", reason: "it hung" })).join(), /found out: it hung\./);
  assert.match((await ask({ kind: "open" })).join(), /does not enforce them: every pod/);
  now = 23 * 3600 * 1000;
  assert.match((await ask({ kind: "enforced" })).join(), /does not enforce them/, "remembered");
  now = 25 * 3600 * 1000;
  assert.deepEqual(await ask({ kind: "enforced" }), []);
  assert.deepEqual(new Set(images), new Set(["prom/blackbox-exporter:v0.28.0"]));
  assert.equal(images.length, 3);
  assert.equal(verdicts.find("https://another.example.com"), undefined);
});

test("a stack without an image to try with is told so, and nothing is tried", async (context) => {
  const said = await networkWarnings({
    api: new FakeCluster(),
    controllers: stackObjects(declareCluster()).controllers,
    verdicts: new RememberedVerdicts(temporaryFolder(context)),
    probe: () => assert.fail(),
  });
  assert.match(said.join(), /no image of this stack has the means to try it out/);
});

test("a remembered file that is broken is forgotten", (context) => {
  const folder = temporaryFolder(context, { "network-probes.json": "{" });
  assert.equal(new RememberedVerdicts(folder).find("https://lab"), undefined);
});
