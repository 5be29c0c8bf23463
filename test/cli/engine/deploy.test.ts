import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import assert from "node:assert/strict";
import { test } from "node:test";
import { passwordCanary } from "../../../cli/engine/canaries";
import { unknownValue } from "../../../cli/engine/wire-values";
import { deploy, type DeployedResource } from "../../support/deploy";

class Cache extends pulumi.ComponentResource {
  readonly address: pulumi.Output<string>;

  constructor(name: string) {
    super("test:index:Cache", name, {});
    const password = new random.RandomPassword(
      `${name}-password`,
      { length: 16 },
      { parent: this, protect: true },
    ).result;
    const network = new docker.Network(`${name}-net`, {}, { parent: this, retainOnDelete: true });
    const image = new docker.RemoteImage(`${name}-image`, { name: "redis" }, { parent: this });
    const server = new docker.Container(
      `${name}-server`,
      {
        image: image.imageId,
        uploads: [{ file: "/password", content: password }],
        networksAdvanced: [{ name: network.id }],
      },
      {
        parent: this,
        dependsOn: [network],
        deleteBeforeReplace: true,
        ignoreChanges: ["labels"],
        replaceOnChanges: ["tmpfs"],
      },
    );
    this.address = pulumi.interpolate`${server.hostname}:6379`;
    this.registerOutputs({ address: this.address });
  }
}

function find(resources: readonly DeployedResource[], name: string): DeployedResource {
  const found = resources.find((resource) => resource.name === name);
  assert.ok(found, `no resource '${name}'`);
  return found;
}

test("shows what was registered, with secrets readable and options", async () => {
  const { resources } = await deploy(() => void new Cache("cache"));
  assert.deepEqual(resources.map(({ name }) => name).sort(), [
    "cache",
    "cache-image",
    "cache-net",
    "cache-password",
    "cache-server",
  ]);
  const server = find(resources, "cache-server");
  const content = passwordCanary("random:index/randomPassword:RandomPassword::cache-password", 16);
  assert.deepEqual(server.inputs["uploads"], [{ file: "/password", content }]);
  assert.deepEqual(server.secretInputs, ["uploads"]);
  assert.match(String(server.inputs["image"]), /^sha256:[0-9a-f]{64}$/);
  assert.deepEqual(server.inputs["networksAdvanced"], [{ name: "cache-net-id" }]);
  assert.equal(server.parent, find(resources, "cache").urn);
  assert.equal(server.parentType, "test:index:Cache");
  assert.ok(server.dependencies.includes(find(resources, "cache-net").urn));
  assert.deepEqual(
    [server.deleteBeforeReplace, server.ignoreChanges, server.replaceOnChanges],
    [true, ["labels"], ["tmpfs"]],
  );
  assert.equal(find(resources, "cache-password").protect, true);
  assert.equal(find(resources, "cache-net").retainOnDelete, true);
  assert.deepEqual(find(resources, "cache").outputs, { address: "cache-server:6379" });
});

test("knows in a preview only what the program gave", async () => {
  const { resources } = await deploy(() => void new Cache("cache"), { preview: true });
  const { inputs } = find(resources, "cache-server");
  assert.equal(inputs["image"], unknownValue);
  assert.deepEqual(inputs["networksAdvanced"], [{ name: unknownValue }]);
});

test("starts anew each time, even at the same time, with its own configuration", async () => {
  const read = (value: string) => {
    let found: string | undefined;
    const run = deploy(
      () => {
        found = new pulumi.Config().require("key");
        new docker.Network("net");
      },
      { config: { "whalewatch:key": value } },
    );
    return run.then(({ resources }) => [found, resources.length]);
  };
  assert.deepEqual(await Promise.all([read("a"), read("b")]), [
    ["a", 1],
    ["b", 1],
  ]);
  await assert.rejects(
    deploy(() => void new pulumi.Config().require("key")),
    /Missing required configuration variable 'whalewatch:key'/,
  );
});

for (const [name, program, fault] of [
  [
    "two resources of one type and name",
    () => {
      new docker.Network("net");
      new docker.Network("net");
    },
    /Two resources are docker:index\/network:Network 'net'/,
  ],
  [
    "a provider function without a mock",
    async () => void (await docker.getRegistryImage({ name: "redis" })),
    /The provider function docker:index\/getRegistryImage:getRegistryImage is called, but not mocked/,
  ],
  [
    "an Output in a plain text",
    () => {
      const network = new docker.Network("net");
      // The mistake itself is under test.
      // eslint-disable-next-line @typescript-eslint/no-base-to-string -- the fault under test
      new docker.Volume("data", { driver: String(network.id) });
    },
    /docker:index\/volume:Volume 'data' has an Output inside a plain text/,
  ],
  [
    "an error of the program",
    () => {
      new docker.Network("net");
      throw new RangeError("too few");
    },
    /too few/,
  ],
] as const) {
  test(`fails for ${name}`, () => assert.rejects(deploy(program), fault));
}
