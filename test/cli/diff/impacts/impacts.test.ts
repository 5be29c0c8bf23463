import assert from "node:assert/strict";
import { test } from "node:test";
import { stackReport } from "../../../../cli/diff/report/stack-report";
import type { PlannedResource } from "../../../../cli/plan/planned-resources";
import type { WrittenPlan } from "../../../../cli/plan/read-plan";
import { plannedWorkload } from "../../../support/planned";
import {
  BUILT_IMAGE,
  componentUrn,
  CONTAINER,
  PASSWORD,
  plannedResource,
  VOLUME,
} from "../../../support/planned-resource";
import { writtenPlan } from "../../../support/planned-pair";

const UNKNOWN = "[known after the update]";
const user = plannedWorkload({ name: "web", connects: ["api"] });

/** The workload `api`, which `web` uses, made of these resources and files. */
function having(
  resources: readonly PlannedResource[],
  given: Parameters<typeof plannedWorkload>[0] = {},
  files: Readonly<Record<string, string>> = {},
): WrittenPlan {
  return writtenPlan({ workloads: [plannedWorkload(given), user] }, resources, files);
}

/** What is told of the workload: its kind, the reasons, the meaning. */
function told(before: WrittenPlan, after: WrittenPlan, rebuilt: readonly string[] = []): string[] {
  const { impacts } = stackReport(before, after, { rebuilt: new Set(rebuilt) });
  return impacts
    .filter(({ workload }) => workload !== null)
    .map(({ kind, reasons, meaning }) => [kind, reasons.join(" & "), meaning.join(" ")].join(": "));
}

const runs = { destroyGraceSeconds: 30, wait: true, waitTimeout: 180 };
const container = (inputs: PlannedResource["inputs"] = {}, name = "api-container") =>
  plannedResource(CONTAINER, name, { inputs: { ...runs, ...inputs } });
const files = (content: string) =>
  plannedResource(CONTAINER, "api-files", {
    inputs: { start: false, uploads: [{ file: "/etc/a", content }] },
  });
const DOWN = "Down: up to 30 s to stop, then until healthy (at most 180 s).";
const FAILS = "Requests to it fail meanwhile. Without it meanwhile: web.";

const onDocker: readonly [string, WrittenPlan, WrittenPlan, string[]][] = [
  [
    "memory is applied at once",
    having([container({ memory: 64 })]),
    having([container({ memory: 96 })], { limits: { memoryMiB: 96, cpuMillis: 250 } }),
    ["changed: memory 64 MiB → 96 MiB: Applied to the running container: no restart."],
  ],
  [
    "another CPU limit replaces",
    having([container({ cpus: "0.25" })]),
    having([container({ cpus: "0.5" })], { limits: { memoryMiB: 64, cpuMillis: 500 } }),
    [`replaced: cpu 0.25 → 0.5: ${DOWN} ${FAILS}`],
  ],
  [
    "a variable replaces, and is told by its name and values",
    having([container({ envs: ["A=1", "B=1", "C=1"] })]),
    having([container({ envs: ["A=2", "C=1", "D=1"] })]),
    [`replaced: A=1 → 2 & −B & +D=1: ${DOWN} ${FAILS}`],
  ],
  [
    "data is told to stay",
    having([container({ user: "1" })], { volumes: [{ name: "data", path: "/data" }] }),
    having([container({ user: "2" })], { volumes: [{ name: "data", path: "/data" }] }),
    [`replaced: user: Data stays in its volume data. ${DOWN} ${FAILS}`],
  ],
  [
    "no time to stop is told",
    having([container({ user: "1", destroyGraceSeconds: 0 })]),
    having([container({ user: "2", destroyGraceSeconds: 0 })]),
    [
      `replaced: user: Down: killed without a clean stop, then until healthy (at most 180 s). ${FAILS}`,
    ],
  ],
  [
    "files that a program reads anew",
    having([container(), files("a")], {}, { "api/etc/a.yml": "a" }),
    having([container(), files("b")], {}, { "api/etc/a.yml": "b" }),
    ["changed: files: a.yml: Its files are written anew and read without a restart."],
  ],
  [
    "what the provider never applies",
    having([container({ cpuQuota: 1 })]),
    having([container({ cpuQuota: 2 })]),
    [
      "changed: cpuQuota: The provider notes cpuQuota and never applies it: replace the container by hand.",
    ],
  ],
  [
    "what the state alone takes note of",
    having([container({ waitTimeout: 60 })]),
    having([container({ waitTimeout: 90 })]),
    [],
  ],
  [
    "one replica more",
    having([container({}, "api.1-container"), container({}, "api.2-container")]),
    having(
      [1, 2, 3].map((index) => container({}, `api.${index}-container`)),
      { replicas: 3 },
    ),
    ["changed: replicas 1 → 3: 1 more of it start; the others keep running."],
  ],
  [
    "from one replica to two, which have other names",
    having([container()]),
    having([container({}, "api.1-container"), container({}, "api.2-container")], { replicas: 2 }),
    [`replaced: replicas 1 → 2: Down: from its stop on (up to 30 s to stop). ${FAILS}`],
  ],
];
for (const [what, before, after, expected] of onDocker) {
  test(`on Docker, ${what}`, () => {
    assert.deepEqual(told(before, after), expected);
  });
}

test("an image that is built from other files is told as the reason", () => {
  const built = plannedResource(BUILT_IMAGE, "acme/api:1", {
    parent: componentUrn("try-platform", "DockerPlatform"),
    inputs: { build: { context: "api" } },
  });
  const server = plannedResource(CONTAINER, "api-container", {
    inputs: { ...runs, image: UNKNOWN },
    from: { image: [built.urn] },
  });
  const both = having([built, server]);
  assert.deepEqual(told(both, both, [built.urn]), [
    `replaced: image built from other files: ${DOWN} ${FAILS}`,
  ]);
});

const controller = (kind: string, spec: PlannedResource["inputs"][string]) =>
  plannedResource(`kubernetes:apps/v1:${kind}`, `api-${kind}`, { inputs: { spec } });
const template = (image: string) => ({
  template: { spec: { terminationGracePeriodSeconds: 45, containers: [{ name: "api", image }] } },
});
const one = { image: "acme/api:2.0.0" };
for (const [kind, given, expected] of [
  ["Deployment", one, "restarted: %: Each new pod is ready before an old one goes: no downtime."],
  ["StatefulSet", one, `restarted: %: Down: up to 45 s to stop, then until ready. ${FAILS}`],
  [
    "StatefulSet",
    { ...one, replicas: 2 },
    "restarted: % & replicas 1 → 2: Down one pod after another: up to 45 s to stop, then until ready.",
  ],
  ["DaemonSet", one, "restarted: %: One node after another is without it for a restart."],
] as const) {
  test(`in a cluster, another image of a ${kind} of ${"replicas" in given ? 2 : 1}`, () => {
    const before = having([controller(kind, template("acme/api:1.0.0"))]);
    const after = having([controller(kind, template("acme/api:2.0.0"))], given);
    const image = "image acme/api:1.0.0 → acme/api:2.0.0";
    assert.deepEqual(told(before, after), [expected.replace("%", image)]);
  });
}

test("in a cluster, a changed claim template makes the set anew", () => {
  const volumes = [{ name: "data", path: "/data" }];
  const set = (storage: string) =>
    controller("StatefulSet", { volumeClaimTemplates: [{ storage }] });
  assert.deepEqual(told(having([set("1Gi")], { volumes }), having([set("2Gi")], { volumes })), [
    `replaced: volumeClaimTemplates: Data stays in its claim data. All its pods go before new ones come. ${FAILS}`,
  ]);
});

test("in a cluster, content that pods read anew touches no pod", () => {
  const map = (text: string) =>
    plannedResource("kubernetes:core/v1:ConfigMap", "api-config", {
      inputs: { data: { a: text } },
    });
  assert.deepEqual(told(having([map("1")]), having([map("2")])), [
    "changed: files: Its pods keep running and read the files anew.",
  ]);
});

const volume = (name: string, given: Partial<PlannedResource> = {}) =>
  plannedResource(VOLUME, name, { inputs: { driver: "local" }, ...given });
const KEPT = { protect: true, retainOnDelete: true };
const secret = (given: Partial<PlannedResource> = {}) =>
  plannedResource(PASSWORD, "api-password", { inputs: { length: 32 }, ...given });
const unprotect = (resource: PlannedResource) =>
  `(to allow it, \`npm run pulumi -- state unprotect '${resource.urn}' --stack try\`)`;

const losses: readonly [string, PlannedResource[], PlannedResource[], string[]][] = [
  ["a volume of files goes", [volume("api.config-files")], [], []],
  [
    "data that nothing protects goes",
    [volume("api.data-volume")],
    [],
    ["**Volume api.data-volume** is deleted: **its data is lost.**"],
  ],
  [
    "data that stays goes out of the stack",
    [volume("api.data-volume", { retainOnDelete: true })],
    [],
    [
      "**Volume api.data-volume** is deleted: its data stays where it is, and no stack looks after it.",
    ],
  ],
  [
    "protected data is replaced",
    [volume("api.data-volume", KEPT)],
    [volume("api.data-volume", { ...KEPT, inputs: { driver: "nfs" } })],
    [
      `**Refused by Pulumi:** Volume api.data-volume would be replaced, and it is protected. Then: its data stays where it is, and no stack looks after it. ${unprotect(volume("api.data-volume"))}`,
    ],
  ],
  [
    "a protected password goes",
    [secret({ protect: true })],
    [],
    [
      "**Refused by Pulumi:** RandomPassword api-password would be deleted, and it is protected. Then: the password is lost; what it opens must be taken away or opened first. (`npm run up` asks first, or takes `--let-go`)",
    ],
  ],
  [
    "data is unprotected and replaced in one go",
    [volume("api.data-volume", KEPT)],
    [volume("api.data-volume", { inputs: { driver: "nfs" } })],
    [
      "**Volume api.data-volume** is replaced: its data stays where it is, and no stack looks after it.",
      "**Volume api.data-volume** is no longer protected against deletion.",
    ],
  ],
  [
    "a password is drawn anew",
    [secret()],
    [secret({ inputs: { length: 40 } })],
    [
      "**RandomPassword api-password** is replaced: another password is drawn; whatever was set up with the old one refuses the new one.",
    ],
  ],
  ["nothing is lost", [volume("api.data-volume", KEPT)], [volume("api.data-volume", KEPT)], []],
];
for (const [what, before, after, expected] of losses) {
  test(`what must be looked at first: ${what}`, () => {
    assert.deepEqual(stackReport(having(before), having(after)).dangers, expected);
  });
}

test("what must be looked at first: ports beyond this machine, memory beyond the host's", () => {
  const port = (ip: string, host: number) => ({ ip, host, container: 8000 });
  const open = writtenPlan({
    workloads: [plannedWorkload({ ports: [port("127.0.0.1", 1), port("0.0.0.0", 2)] })],
    budget: { limitsMiB: 600, hostMiB: 512 },
  });
  assert.deepEqual(stackReport(writtenPlan({ workloads: [] }), open).dangers, [
    "`api: 0.0.0.0:2 -> 8000` is reachable from other machines.",
    "The memory limits, 600 MiB, are more than the host's 512 MiB.",
  ]);
});
