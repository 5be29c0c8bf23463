import assert from "node:assert/strict";
import { test } from "node:test";
import { compareResources } from "../../../../cli/diff/resources/compare-resources";
import { type PlannedResource, UNKNOWN } from "../../../../cli/plan/planned-resources";
import {
  BUILT_IMAGE,
  componentUrn,
  CONTAINER,
  NETWORK,
  PASSWORD,
  plannedResource,
  REMOTE_IMAGE,
  VOLUME,
} from "../../../support/planned-resource";

/** Each change in a line: what happens to which resource, by which properties. */
function told(
  before: readonly PlannedResource[],
  after: readonly PlannedResource[],
  rebuilt: readonly string[] = [],
): string[] {
  return compareResources(before, after, { rebuilt: new Set(rebuilt) }).map(
    ({ action, resource, properties }) =>
      [
        `${action} ${resource.name}`,
        ...properties.map(
          ({ shown, effect, before: old, after: now }) =>
            `${shown} ${effect}: ${JSON.stringify(old)} -> ${JSON.stringify(now)}`,
        ),
      ].join("; "),
  );
}

const container = (inputs: PlannedResource["inputs"], given: Partial<PlannedResource> = {}) =>
  plannedResource(CONTAINER, "api-container", { inputs, ...given });

const cases: readonly [string, PlannedResource[], PlannedResource[], string[]][] = [
  ["nothing", [container({ memory: 64 })], [container({ memory: 64 })], []],
  [
    "what came and what went",
    [plannedResource(VOLUME, "old-volume")],
    [plannedResource(VOLUME, "new-volume")],
    ["created new-volume", "deleted old-volume"],
  ],
  [
    "a limit that Docker applies at once",
    [container({ memory: 64, memorySwap: 64 })],
    [container({ memory: 96, memorySwap: 96 })],
    ["changed api-container; memory in place: 64 -> 96; memorySwap in place: 64 -> 96"],
  ],
  [
    "a limit for which Docker makes the container anew, among others",
    [container({ memory: 64, cpus: "0.5" })],
    [container({ memory: 96, cpus: "1.0" })],
    ['replaced api-container; memory in place: 64 -> 96; cpus replaces: "0.5" -> "1.0"'],
  ],
  [
    "what the state alone takes note of",
    [container({ waitTimeout: 60 })],
    [container({ waitTimeout: 180 })],
    ["recorded api-container; waitTimeout recorded: 60 -> 180"],
  ],
  [
    "the order of a list that has none",
    [container({ envs: ["A=1", "B=2"] })],
    [container({ envs: ["B=2", "A=1"] })],
    [],
  ],
  [
    "an entry of a list that has no order",
    [container({ envs: ["A=1", "B=2"] })],
    [container({ envs: ["B=3", "A=1"] })],
    ['replaced api-container; envs replaces: ["B=2"] -> ["B=3"]'],
  ],
  [
    "the order of a list that has one",
    [container({ command: ["a", "b"] })],
    [container({ command: ["b", "a"] })],
    ['replaced api-container; command[0] replaces: "a" -> "b"; command[1] replaces: "b" -> "a"'],
  ],
  [
    "fields deep inside, and one that is new",
    [container({ healthcheck: { retries: 3, tests: ["CMD", "a"] } })],
    [container({ healthcheck: { retries: 5, tests: ["CMD", "a"], interval: "5s" } })],
    [
      'replaced api-container; healthcheck.retries replaces: 3 -> 5; healthcheck.interval replaces: undefined -> "5s"',
    ],
  ],
  [
    "what is to be ignored",
    [plannedResource(VOLUME, "data-volume", { inputs: { labels: [{ label: "a" }] } })],
    [
      plannedResource(VOLUME, "data-volume", {
        inputs: { labels: [{ label: "b" }] },
        ignoreChanges: ["labels"],
      }),
    ],
    [],
  ],
  [
    "a resource under another name, known by its alias",
    [container({ memory: 64 })],
    [
      plannedResource(CONTAINER, "renamed", {
        inputs: { memory: 96 },
        formerUrns: [container({}).urn],
      }),
    ],
    ["changed renamed; memory in place: 64 -> 96"],
  ],
  [
    "a resource that moved to another parent without an alias",
    [container({ memory: 64 })],
    [container({ memory: 64 }, { parent: componentUrn("api", "Postgres") })].map((resource) => ({
      ...resource,
      urn: `${resource.urn}-elsewhere`,
    })),
    ["created api-container", "deleted api-container"],
  ],
];
for (const [what, before, after, expected] of cases) {
  test(`resources are compared: ${what}`, () => {
    assert.deepEqual(told(before, after), expected);
  });
}

const image = (name: string) => plannedResource(REMOTE_IMAGE, name, { inputs: { name } });
const runs = (urn: string) => container({ image: UNKNOWN }, { from: { image: [urn] } });

test("a container is replaced with its image, whose id nobody knows yet", () => {
  const [old, now] = [image("acme/api:1"), image("acme/api:2")];
  assert.deepEqual(told([old, runs(old.urn)], [now, runs(now.urn)]), [
    "created acme/api:2",
    "replaced api-container; image replaces: undefined -> undefined",
    "deleted acme/api:1",
  ]);
  assert.deepEqual(told([old, runs(old.urn)], [old, runs(old.urn)]), []);
});

test("a container is replaced with an image that is built from other files", () => {
  const built = plannedResource(BUILT_IMAGE, "acme/api:1", {
    inputs: { build: { context: "api" } },
  });
  const both = [built, runs(built.urn)];
  assert.deepEqual(told(both, both, [built.urn]), [
    "changed acme/api:1",
    "replaced api-container; image replaces: undefined -> undefined",
  ]);
});

test("containers are replaced with a network that they join", () => {
  const network = (internal: boolean) =>
    plannedResource(NETWORK, "edge-network", { inputs: { internal } });
  const joins = container(
    { networksAdvanced: [{ name: UNKNOWN, aliases: [] }] },
    { from: { networksAdvanced: [network(true).urn] } },
  );
  assert.deepEqual(told([network(true), joins], [network(false), joins]), [
    "replaced edge-network; internal replaces: true -> false",
    "replaced api-container; networksAdvanced replaces: undefined -> undefined",
  ]);
});

test("what holds a password changes when the password is drawn anew", () => {
  const password = (keepers: Record<string, string>) =>
    plannedResource(PASSWORD, "redis-password", { inputs: { length: 32, keepers } });
  const holder = container(
    { uploads: [{ content: "[secret 0123456789ab]" }] },
    { from: { uploads: [password({}).urn] } },
  );
  const [replaced] = told([password({ n: "1" }), holder], [password({ n: "2" }), holder]).slice(1);
  assert.equal(replaced, "replaced api-container; uploads replaces: undefined -> undefined");
});

const NAMESPACE = "kubernetes:core/v1:Namespace";
test("everything in a cluster is made anew when the stack moves to another cluster", () => {
  const provider = (context: string) =>
    plannedResource("pulumi:providers:kubernetes", "cluster", { inputs: { context } });
  const inside = plannedResource(NAMESPACE, "stores", { provider: provider("a").urn });
  assert.deepEqual(told([inside, provider("a")], [inside, provider("b")]), [
    'replaced cluster; context replaces: "a" -> "b"',
    "replaced stores; provider replaces: undefined -> undefined",
  ]);
});

test("lists of named things are compared by name", () => {
  const pods = (containers: PlannedResource["inputs"][string]) =>
    plannedResource("kubernetes:apps/v1:Deployment", "api", { inputs: { spec: { containers } } });
  const [a, b] = [
    { name: "a", image: "a:1" },
    { name: "b", image: "b:1" },
  ];
  assert.deepEqual(told([pods([a, b])], [pods([b, { ...a, image: "a:2" }, { name: "c" }])]), [
    'changed api; spec.containers in place: ["a","b"] -> ["b","a","c"]; spec.containers[a].image in place: "a:1" -> "a:2"; spec.containers[c].name in place: undefined -> "c"',
  ]);
});
