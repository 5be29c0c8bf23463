import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { isUnknown } from "../../cli/engine/wire-values";
import { Environment } from "../../components/environment";
import { DockerPlatform } from "../../components/platform/docker/docker-platform";
import { provisionFiles } from "../../configs/provision";
import { declareStack, projectStack, serviceSettings } from "../support/declared-stack";
import { deploy } from "../support/deploy";
import { labelsOf } from "../support/docker-args";
import { CONTAINER, PASSWORD, placeEnvironment, VOLUME } from "../support/placed-environment";

const dev = projectStack("dev");
const placed = placeEnvironment(dev);

const GOLDEN = path.join(__dirname, "../golden/dev-resources.txt");

test("dev registers exactly the recorded resources: a new name would replace data or containers", async () => {
  const { identities } = await placed;
  const text = `${identities.join("\n")}\n`;
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(GOLDEN, text);
  assert.deepEqual(identities, readFileSync(GOLDEN, "utf8").trimEnd().split("\n"));
});

test("every resource is in the environment, components directly and their parts below them", async () => {
  const { resources } = await placed;
  const environment = "whalewatch:index:Environment";
  const kind = (type: string) => (type.startsWith("whalewatch:") ? "component" : "part");
  const strays = resources.filter(({ type, parentType = "" }) => {
    if (type === environment) return parentType !== "";
    if (kind(type) === "component") return parentType !== environment;
    return kind(parentType) !== "component" || parentType === environment;
  });
  assert.deepEqual(strays, []);
});

test("each workload's parts are children of the component that bears its name", async () => {
  const { resources } = await placed;
  const component = new Map(resources.map(({ urn, name }) => [urn, name]));
  const misplaced = resources.filter((resource) => {
    const workload = labelsOf(resource)["whalewatch.workload"];
    return workload !== undefined && component.get(resource.parent ?? "") !== workload;
  });
  assert.deepEqual(misplaced, []);
});

test("a container waits for its files and for what it connects to; a monitor for nobody", async () => {
  const { workloads, resources } = await placed;
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const waits = workloads.map(({ name, dependencies }) => [
    name,
    dependencies.flatMap((urn) => {
      const resource = byUrn.get(urn);
      return resource?.type === CONTAINER ? [resource.name] : [];
    }),
  ]);
  const ofService = ["postgres-container", "redis-container"];
  assert.deepEqual(Object.fromEntries(waits), {
    "alertmanager-container": ["alertmanager-files"],
    "blackbox-exporter-container": ["blackbox-exporter-files"],
    "efficientnet-v1-container": ["efficientnet-v1-files", ...ofService],
    "efficientnet-v2-container": ["efficientnet-v2-files", ...ofService],
    "grafana-container": ["grafana-files"],
    "node-exporter-container": [],
    "postgres-container": ["postgres-files"],
    "postgres-exporter-container": ["postgres-exporter-files", "postgres-container"],
    "prometheus-container": ["prometheus-files"],
    "redis-container": ["redis-files"],
    "redis-exporter-container": ["redis-exporter-files", "redis-container"],
    "resnet-v1-container": ["resnet-v1-files", ...ofService],
  });
});

test("the environment tells the address of all that is published, and nothing else", async () => {
  const { outputs } = (await placed).get("whalewatch:index:Environment", "dev");
  assert.deepEqual(outputs, {
    urls: {
      "efficientnet-v1": "http://127.0.0.1:8001",
      "efficientnet-v2": "http://127.0.0.1:8002",
      "resnet-v1": "http://127.0.0.1:8003",
      prometheus: "http://127.0.0.1:9090",
      grafana: "http://127.0.0.1:3001",
      alertmanager: "http://127.0.0.1:9093",
    },
  });
});

test("every component says that it is complete", async () => {
  const { resources } = await placed;
  const unfinished = resources.filter(({ custom, outputs }) => !custom && outputs === undefined);
  assert.deepEqual(unfinished, []);
});

test("a preview registers the same resources, with the names of secret volumes still unknown", async () => {
  const preview = await placeEnvironment(dev, { preview: true });
  assert.deepEqual(preview.identities, (await placed).identities);
  const unknown = preview.ofType(VOLUME).filter(({ inputs }) => isUnknown(inputs["name"]));
  assert.deepEqual(
    unknown.map(({ name }) => name),
    [
      "efficientnet-v1.secrets-files",
      "efficientnet-v2.secrets-files",
      "grafana.secrets-files",
      "postgres-exporter.secrets-files",
      "postgres.init-files",
      "postgres.secrets-files",
      "redis-exporter.secrets-files",
      "redis.secrets-files",
      "resnet-v1.secrets-files",
    ],
  );
  const limits = preview.ofType(CONTAINER).map(({ inputs }) => inputs["memory"]);
  assert.ok(limits.every((memory) => typeof memory === "number"));
});

test("monitoring switched off leaves exactly the services and the stores", async () => {
  const stack = declareStack({
    monitoring: { enabled: false },
    services: { api: serviceSettings({ needs: ["redis"] }), web: serviceSettings() },
    redis: {},
  });
  const { identities } = await placeEnvironment(stack);
  assert.deepEqual(identities, [
    "docker:index/container:Container::api-container",
    "docker:index/container:Container::api-files",
    "docker:index/container:Container::redis-container",
    "docker:index/container:Container::redis-files",
    "docker:index/container:Container::web-container",
    "docker:index/network:Network::edge-network",
    "docker:index/network:Network::redis-network",
    "docker:index/network:Network::services-network",
    "docker:index/remoteImage:RemoteImage::redis:8.0.6",
    "docker:index/remoteImage:RemoteImage::registry.example.com/api:1.0.0",
    "docker:index/volume:Volume::api.secrets-files",
    "docker:index/volume:Volume::redis.config-files",
    "docker:index/volume:Volume::redis.data-volume",
    "docker:index/volume:Volume::redis.secrets-files",
    "random:index/randomPassword:RandomPassword::redis-password",
    "random:index/randomPassword:RandomPassword::try-platform-digest-key",
    "whalewatch:index:ApiService::api",
    "whalewatch:index:ApiService::web",
    "whalewatch:index:DockerPlatform::try-platform",
    "whalewatch:index:Environment::try",
    "whalewatch:index:Redis::redis",
  ]);
});

test("a service may have any name that the settings allow", async () => {
  const services = { constructor: serviceSettings() };
  const stack = declareStack({ monitoring: { enabled: false }, services });
  const { identities } = await placeEnvironment(stack);
  assert.ok(identities.includes("whalewatch:index:ApiService::constructor"));
  assert.ok(identities.includes("docker:index/container:Container::constructor-container"));
});

test("passwords are protected like the data they open, and made of letters and digits", async () => {
  const passwords = (await placed).ofType(PASSWORD);
  assert.deepEqual(
    passwords.map(({ name, protect, inputs, parentType }) => [name, protect, inputs, parentType]),
    [
      ["dev-platform-digest-key", "DockerPlatform"],
      ["grafana-admin-password", "Grafana"],
      ["postgres-app-password", "Postgres"],
      ["postgres-monitoring-password", "Postgres"],
      ["postgres-superuser-password", "Postgres"],
      ["redis-password", "Redis"],
    ].map(([name = "", parent = ""]) => [
      name,
      true,
      { length: 32, special: false },
      `whalewatch:index:${parent}`,
    ]),
  );
});

test("a rotation gives one program's passwords other names, and leaves all else as it is", async () => {
  const stores = { postgres: {}, redis: {}, monitoring: { enabled: false } };
  const before = await placeEnvironment(declareStack(stores));
  const after = await placeEnvironment(declareStack({ ...stores, rotations: { redis: 2 } }));
  assert.deepEqual(
    after.identities.filter((identity) => !before.identities.includes(identity)),
    [`${PASSWORD}::redis-password-2`],
  );
  assert.deepEqual(
    before.identities.filter((identity) => !after.identities.includes(identity)),
    [`${PASSWORD}::redis-password`],
  );
  assert.equal(after.get(PASSWORD, "redis-password-2").protect, true);
});

test("a secret of a component that is placed later is refused with the reason", async () => {
  const stack = declareStack({
    monitoring: { enabled: false },
    services: { a: serviceSettings() },
  });
  const mount = {
    name: "secrets",
    directory: "/run/secrets",
    sensitive: true,
    onChange: "replace",
    files: { redis: { parts: [{ generated: "redis" }] } },
  } as const;
  await assert.rejects(
    placeEnvironment(stack, { files: new Map([...provisionFiles(stack), ["a", [mount]]]) }),
    /The password redis is used before the component that makes it: place that component first\./,
  );
});

test("the generated passwords are handed out as secrets", async () => {
  const stack = declareStack({ redis: {}, monitoring: { enabled: false } });
  const kinds: unknown[] = [];
  await deploy(async () => {
    const { passwords } = new Environment("try", {
      stack,
      files: provisionFiles(stack),
      Platform: DockerPlatform,
      declaredSecret: (name) => pulumi.secret(name),
    });
    for (const [name, value] of passwords) kinds.push([name, await pulumi.isSecret(value)]);
  });
  assert.deepEqual(kinds, [["redis", true]]);
});
