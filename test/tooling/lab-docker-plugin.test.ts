import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { diffContainer } from "../lab/pulumi/plugins/docker/container";
import { containerSchema } from "../lab/pulumi/plugins/docker/container-schema";
import { containerSpec } from "../lab/pulumi/plugins/docker/container-spec";
import { containerState } from "../lab/pulumi/plugins/docker/container-state";
import { imageSchema } from "../lab/pulumi/plugins/docker/image";
import { networkSchema } from "../lab/pulumi/plugins/docker/network";
import { remoteImageSchema } from "../lab/pulumi/plugins/docker/remote-image";
import { volumeSchema } from "../lab/pulumi/plugins/docker/volume";
import { checkInputs } from "../lab/pulumi/plugins/protocol/check";
import type { Change, Schema } from "../lab/pulumi/plugins/protocol/schema";
import { UNKNOWN, type Properties, type Value } from "../lab/pulumi/plugins/protocol/values";

const base: Properties = {
  name: "server",
  image: "sha256:1",
  memory: 64,
  memorySwap: 64,
  envs: ["A=1", "B=2"],
  labels: [
    { label: "a", value: "1" },
    { label: "b", value: "2" },
  ],
  ports: [{ internal: 80, ip: "127.0.0.1" }],
  healthcheck: { tests: ["CMD", "true"], interval: "5s" },
  capabilities: { drops: ["ALL"], adds: ["CAP_SETUID", "CAP_SETGID"] },
};

function checked(inputs: Properties): Properties {
  const result = checkInputs(containerSchema, inputs);
  assert.deepEqual(result.failures, []);
  return result.inputs;
}

/** What the engine says of a container made from these inputs, and what became the state. */
function stateOf(inputs: Properties): Properties {
  const spec = containerSpec(inputs);
  const networks = { Ports: { "80/tcp": [{ HostIp: "127.0.0.1", HostPort: "49153" }] } };
  const found: Properties = {
    Name: "/server",
    Image: "sha256:1",
    State: { Running: true },
    Config: { ...spec, Hostname: "made-up", WorkingDir: "/from-image", User: "from-image" },
    HostConfig: spec["HostConfig"] ?? {},
    NetworkSettings: networks,
  };
  return containerState(found, inputs);
}

function changeOf(change: Properties): { replaces: boolean; properties: string[] } {
  const state = stateOf(checked(base));
  const { changes, deleteBeforeReplace } = diffContainer(state, checked({ ...base, ...change }));
  const replaces = changes.some((each) => each.replaces);
  assert.equal(deleteBeforeReplace, replaces);
  return { replaces, properties: changes.map((each) => each.property) };
}

test("a container made from inputs does not differ from them", () => {
  assert.deepEqual(changeOf({}).properties, []);
});

const equal: Properties[] = [
  { envs: ["B=2", "A=1"] },
  { labels: [...(Array.isArray(base["labels"]) ? base["labels"] : [])].reverse() },
  { capabilities: { adds: ["CAP_SETGID", "CAP_SETUID"], drops: ["ALL"] } },
  { ports: [{ internal: 80, ip: "127.0.0.1", protocol: "tcp" }] },
  { restart: "no" },
  { user: "" },
  { tmpfs: {} },
  { uploads: [] },
];
for (const same of equal) {
  test(`${JSON.stringify(same)} is no change`, () => {
    assert.deepEqual(changeOf(same).properties, []);
  });
}

const classes: [Change, Properties][] = [
  ["apply", { memory: 96 }],
  ["apply", { memorySwap: -1 }],
  ["apply", { memoryReservation: 32 }],
  ["apply", { restart: "always" }],
  ["apply", { maxRetryCount: 3 }],
  ["apply", { cpuShares: 512 }],
  ["apply", { cpuSet: "0-1" }],
  ["apply", { mustRun: false }],
  ["record", { wait: true }],
  ["record", { waitTimeout: 90 }],
  ["record", { destroyGraceSeconds: 30 }],
  ["record", { removeVolumes: false }],
  ["record", { start: false }],
  ["never-applied", { tmpfs: { "/tmp": "size=1m" } }],
  ["never-applied", { init: true }],
  ["never-applied", { cpuPeriod: 100000 }],
  ["never-applied", { cpuQuota: 50000 }],
  ["replace", { image: "sha256:2" }],
  ["replace", { name: "other" }],
  ["replace", { cpus: "0.5" }],
  ["replace", { envs: ["A=2"] }],
  ["replace", { labels: [{ label: "a", value: "other" }] }],
  ["replace", { command: ["run"] }],
  ["replace", { entrypoints: ["run"] }],
  ["replace", { user: "999" }],
  ["replace", { readOnly: true }],
  ["replace", { capabilities: { drops: ["ALL"] } }],
  ["replace", { securityOpts: ["no-new-privileges:true"] }],
  ["replace", { ports: [{ internal: 81, ip: "127.0.0.1" }] }],
  ["replace", { ports: [{ internal: 80 }] }],
  ["replace", { ports: [{ internal: 80, external: 8080, ip: "127.0.0.1" }] }],
  ["replace", { volumes: [{ volumeName: "data", containerPath: "/data" }] }],
  ["replace", { uploads: [{ file: "/a", content: "text" }] }],
  ["replace", { networkMode: "host" }],
  ["replace", { networksAdvanced: [{ name: "net" }] }],
  ["replace", { healthcheck: { tests: ["CMD", "false"], interval: "5s" } }],
  ["replace", { logOpts: { "max-size": "1m" } }],
  ["replace", { stopTimeout: 30 }],
  ["replace", { hosts: [{ host: "db", ip: "10.0.0.1" }] }],
  ["replace", { ulimits: [{ name: "nofile", soft: 1024, hard: 1024 }] }],
];
for (const [change, inputs] of classes) {
  test(`${JSON.stringify(inputs)} is of the class ${change}`, () => {
    const [property = ""] = Object.keys(inputs);
    assert.equal(containerSchema.rules[property]?.change, change);
    assert.deepEqual(changeOf(inputs), { replaces: change === "replace", properties: [property] });
  });
}

const noise: [string, Properties, Value][] = [
  ["a whole number of cpus", { cpus: "1" }, "1.0"],
  ["zeros at the end of cpus", { cpus: "0.50" }, "0.5"],
  ["a duration that Go writes otherwise", { healthcheck: { interval: "60s" } }, "1m0s"],
];
for (const [what, inputs, better] of noise) {
  test(`${what} differs for ever, as upstream: write ${JSON.stringify(better)}`, () => {
    const wanted = checked({ ...base, ...inputs });
    assert.equal(diffContainer(stateOf(wanted), wanted).changes[0]?.replaces, true);
  });
}

test("memorySwap left out is filled by the engine and then differs for ever, as upstream", () => {
  const wanted = checked({ name: "server", image: "sha256:1", memory: 64 });
  const state: Properties = { ...stateOf(wanted), memorySwap: 128 };
  const { changes } = diffContainer(state, wanted);
  assert.deepEqual(changes, [{ property: "memorySwap", kind: "delete", replaces: false }]);
});

test("a value that is not known yet may replace", () => {
  assert.equal(changeOf({ image: UNKNOWN }).replaces, true);
  assert.equal(changeOf({ networksAdvanced: [{ name: UNKNOWN }] }).replaces, true);
});

test("a container that did not come up is replaced", () => {
  const inputs = checked(base);
  const state = { ...stateOf(inputs), __createFailed: true };
  assert.equal(diffContainer(state, inputs).changes.at(-1)?.replaces, true);
});

test("a stopped container differs by mustRun", () => {
  const inputs = checked({ name: "server", image: "sha256:1" });
  const found = { Name: "/server", Image: "sha256:1", State: { Running: false }, HostConfig: {} };
  assert.equal(containerState(found, inputs)["mustRun"], false);
});

const refused: [Properties, RegExp][] = [
  [{ memory: "64m" }, /^memory: found "64m"; allowed: a whole number >= 0$/],
  [{ cpus: 0.5 }, /^cpus: found 0.5; allowed: a string$/],
  [{ restart: "sometimes" }, /^restart: found "sometimes"; allowed: no, on-failure, always/],
  [{ uploads: [{ file: "/a", permissions: "444" }] }, /^uploads\[0\].permissions: found "444"/],
  [{ uploads: [{ content: "a" }] }, /^uploads\[0\].file: required/],
  [{ volumes: [{ hostPath: "data" }] }, /^volumes\[0\].hostPath: .*absolute path/],
  [{ healthcheck: { interval: "10" } }, /^healthcheck.interval: .*a duration/],
  [{ memroy: 1 }, /^memroy: no such property \(found 1\); allowed: name, image/],
  [{ gpus: "all" }, /^gpus: the test plugin does not simulate it/],
];
for (const [inputs, message] of refused) {
  test(`${JSON.stringify(inputs)} is refused`, () => {
    const { failures } = checkInputs(containerSchema, { ...base, ...inputs });
    const shown = failures.map(({ property, reason }) => `${property}: ${reason}`);
    assert.equal(shown.length, 1);
    assert.match(shown.join(), message);
  });
}

const packaged: [string, Schema][] = [
  ["container", containerSchema],
  ["image", imageSchema],
  ["network", networkSchema],
  ["remoteImage", remoteImageSchema],
  ["volume", volumeSchema],
];
for (const [file, schema] of packaged) {
  test(`every input of @pulumi/docker's ${file} is either simulated or refused`, () => {
    const source = readFileSync(require.resolve(`@pulumi/docker/${file}.js`), "utf8");
    const inputs = [...source.matchAll(/resourceInputs\["(\w+)"\] = .*args\?\.\w+/g)];
    const known = [...Object.keys(schema.rules), ...(schema.refused ?? [])];
    assert.ok(inputs.length > 3);
    assert.deepEqual(
      inputs.map(([, name]) => name).filter((name) => !known.includes(name ?? "")),
      [],
    );
  });
}
