import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import type { RegisteredResource } from "../../../cli/engine/program-run";
import {
  AssetValue,
  ResourceReference,
  SecretValue,
  unknownValue,
} from "../../../cli/engine/wire-values";
import { plannedResources } from "../../../cli/plan/planned-resources";

const parent = "urn:pulumi:dev::acme::acme:index:Api::api";
const registered = (given: Partial<RegisteredResource> = {}): RegisteredResource => ({
  urn: "urn:pulumi:dev::acme::acme:index:Api$docker:index/container:Container::api-container",
  type: "docker:index/container:Container",
  name: "api-container",
  parent,
  custom: true,
  external: false,
  inputs: {},
  dependencies: [],
  propertyDependencies: {},
  protect: true,
  retainOnDelete: false,
  deleteBeforeReplace: true,
  ignoreChanges: ["labels"],
  replaceOnChanges: ["init"],
  additionalSecretOutputs: [],
  aliases: [],
  version: "5.2.0",
  provider: "",
  deletedWith: "",
  ...given,
});

test("a resource is told with what decides over a change of it", () => {
  assert.deepEqual(
    plannedResources([
      registered({
        inputs: { memory: 64 },
        propertyDependencies: { image: ["urn:image"] },
        provider: "urn:pulumi:dev::acme::pulumi:providers:docker::other::id-1",
        aliases: [
          { urn: "urn:old" },
          { name: "server" },
          { type: "docker:container:Container", noParent: true, stack: "test", project: "old" },
        ],
      }),
    ]),
    [
      {
        urn: registered().urn,
        type: "docker:index/container:Container",
        name: "api-container",
        parent,
        formerUrns: [
          "urn:old",
          "urn:pulumi:dev::acme::acme:index:Api$docker:index/container:Container::server",
          "urn:pulumi:test::old::docker:container:Container::api-container",
        ],
        provider: "urn:pulumi:dev::acme::pulumi:providers:docker::other",
        protect: true,
        retainOnDelete: false,
        ignoreChanges: ["labels"],
        replaceOnChanges: ["init"],
        inputs: { memory: 64 },
        from: { image: ["urn:image"] },
      },
    ],
  );
});

test("components and what is only read are left out", () => {
  assert.deepEqual(
    plannedResources([registered({ custom: false }), registered({ external: true })]),
    [],
  );
});

const digest = (text: string): string =>
  createHash("sha256").update(text).digest("hex").slice(0, 12);

test("secrets, unknown values and long texts are told by a text in brackets", () => {
  const [planned] = plannedResources([
    registered({
      inputs: {
        envs: ["A=1", new SecretValue("TOKEN=hunter2hunter2")],
        image: unknownValue,
        network: new ResourceReference("urn:network", unknownValue),
        archive: new AssetValue("archive", { path: "/srv" }),
        uploads: [{ content: "x".repeat(401), file: "/a" }],
        nested: { secret: new SecretValue({ deep: "hunter2hunter2" }), nothing: null, yes: true },
      },
    }),
  ]);
  const text = JSON.stringify(planned);
  assert.equal(text.includes("hunter2"), false);
  assert.deepEqual(planned?.inputs, {
    envs: ["A=1", `[secret ${digest('"TOKEN=hunter2hunter2"')}]`],
    image: "[known after the update]",
    network: "urn:network",
    archive: `[archive ${digest('{"path":"/srv"}')}]`,
    uploads: [{ content: `[text ${digest("x".repeat(401))}]`, file: "/a" }],
    nested: { secret: `[secret ${digest('{"deep":"hunter2hunter2"}')}]`, nothing: null, yes: true },
  });
});
