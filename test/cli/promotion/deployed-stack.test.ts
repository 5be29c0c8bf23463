import assert from "node:assert/strict";
import { test } from "node:test";
import { readDeployedStack } from "../../../cli/promotion/deployed-stack";
import { newerVersionReasons } from "../../../cli/promotion/newer-version";
import { UserError } from "../../../cli/user-error";

const label = (value: string) => ({ label: "whalewatch.workload", value });
const read = (answer: unknown) => ({
  read: () => {
    if (answer instanceof Error) throw answer;
    return JSON.stringify(answer);
  },
});
const root = (outputs: unknown) => ({ type: "pulumi:pulumi:Stack", outputs });
const pods = (type: string, name: string, image: string) => ({
  type,
  inputs: {
    metadata: { labels: { "app.kubernetes.io/name": name } },
    spec: { template: { spec: { containers: [{ image }] } } },
  },
});

test("on Docker the state has each workload's image by its id, whoever carries its files", () => {
  const resources = [
    root({ digest: "sha256:d", version: "1.2.3", urls: {} }),
    { type: "whalewatch:index:Redis" },
    { type: "docker:index/remoteImage:RemoteImage", inputs: { name: "redis:8" } },
    {
      type: "docker:index/container:Container",
      inputs: { image: "sha256:1", labels: [label("redis")] },
    },
    { type: "docker:index/container:Container", inputs: { image: "sha256:2", labels: [] } },
  ];
  assert.deepEqual(readDeployedStack(read({ deployment: { resources } }), "dev"), {
    digest: "sha256:d",
    version: "1.2.3",
    images: new Map([["redis", "sha256:1"]]),
  });
});

test("in a cluster it has it by the reference in the template of its pods", () => {
  const resources = [
    root({}),
    pods("kubernetes:apps/v1:Deployment", "api", "example/api:1"),
    pods("kubernetes:apps/v1:StatefulSet", "redis", "redis:8"),
    pods("kubernetes:core/v1:Service", "other", "no"),
    { type: "kubernetes:apps/v1:Deployment", inputs: { spec: "a secret as a whole" } },
  ];
  assert.deepEqual(readDeployedStack(read({ deployment: { resources } }), "dev"), {
    images: new Map([
      ["api", "example/api:1"],
      ["redis", "redis:8"],
    ]),
  });
});

for (const [what, answer] of [
  [
    "a stack that nobody made",
    new UserError("pulumi stack export failed: error: no stack named 'dev' found"),
  ],
  ["a new stack", { version: 3 }],
  ["an empty stack", { version: 3, deployment: null }],
  ["a stack that was taken down", { deployment: { resources: [root({ digest: "sha256:d" })] } }],
] as const) {
  test(`${what} is not deployed`, () => {
    assert.equal(readDeployedStack(read(answer), "dev"), undefined);
  });
}

test("any other failure of Pulumi is told", () => {
  const error = new UserError("pulumi stack export failed: error: no access");
  assert.throws(() => readDeployedStack(read(error), "dev"), error);
});

for (const [theirs, own, newer] of [
  [undefined, "0.1.0", false],
  ["0.1.0", "0.1.0", false],
  ["0.9.0", "0.10.0", false],
  ["0.10.0", "0.9.0", true],
  ["1.0.0-rc.1", "1.0.0", false],
  ["1.0.0", "1.0.0-rc.1", true],
  ["no version", "0.1.0", false],
] as const) {
  test(`deployed by ${String(theirs)} is ${newer ? "" : "not "}newer than ${own}`, () => {
    const deployed = theirs === undefined ? undefined : { version: theirs };
    assert.deepEqual(
      newerVersionReasons("prod", deployed, own),
      newer
        ? [
            `prod was deployed by whalewatch ${String(theirs)}, newer than this checkout's ${own}: bring the checkout up to date first.`,
          ]
        : [],
    );
  });
}
