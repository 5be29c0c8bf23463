import assert from "node:assert/strict";
import path from "node:path";
import { before, describe, test } from "node:test";
import { passwordCanary } from "../../../cli/engine/canaries";
import { type ProgramResult, type RegisteredResource } from "../../../cli/engine/program-run";
import { runProgram } from "../../../cli/engine/run-program";
import { SecretValue, unknownValue } from "../../../cli/engine/wire-values";

const STACK = "urn:pulumi:dev::demo::pulumi:pulumi:Stack::demo-dev";
const SERVICE = "urn:pulumi:dev::demo::test:index:Service";
const PASSWORD_TYPE = "random:index/randomPassword:RandomPassword";
const TOKEN = 'to"ken/with ünusual+signs';

function run(fixture: string, config: Record<string, string>, timeoutMs = 20_000) {
  return runProgram({
    project: "demo",
    stack: "dev",
    directory: path.join(__dirname, "fixtures", fixture),
    config: { "demo:token": TOKEN, ...config },
    secretKeys: ["demo:token"],
    timeoutMs,
  });
}

function find(result: ProgramResult, name: string): RegisteredResource {
  const found = result.resources.find((resource) => resource.name === name);
  assert.ok(found, `no resource '${name}'`);
  return found;
}

describe("a sound program of 62 resources", () => {
  let result: ProgramResult;
  before(async () => {
    const services = Array.from({ length: 15 }, (_, index) => `s${index}`);
    result = await run("stack", { "demo:services": JSON.stringify(services) });
  });

  test("has no problem, no diagnostic, and takes a few seconds", () => {
    const { problems, diagnostics, exitCode } = result;
    assert.deepEqual(
      { problems, diagnostics, exitCode },
      { problems: [], diagnostics: [], exitCode: 0 },
    );
    assert.equal(result.resources.length, 62);
    assert.ok(result.durationMs < 10_000, `took ${result.durationMs} ms`);
  });

  test("gets the URNs of the real engine, with the types of all parents but the stack", () => {
    assert.equal(result.resources[0]?.urn, STACK);
    assert.equal(find(result, "s0").urn, `${SERVICE}::s0`);
    assert.equal(
      find(result, "s0-server").urn,
      `${SERVICE}$docker:index/container:Container::s0-server`,
    );
    assert.equal(
      find(result, "net").urn,
      "urn:pulumi:dev::demo::docker:index/network:Network::net",
    );
  });

  test("shows parents before children, and options", () => {
    const urns = result.resources.map(({ urn }) => urn);
    for (const { urn, parent = STACK, dependencies } of result.resources.slice(1)) {
      for (const needed of [parent, ...dependencies]) {
        assert.ok(urns.indexOf(needed) < urns.indexOf(urn), urn);
      }
    }
    const server = find(result, "s3-server");
    assert.equal(server.parent, `${SERVICE}::s3`);
    assert.equal(server.deleteBeforeReplace, true);
    assert.deepEqual(server.replaceOnChanges, ["tmpfs"]);
    assert.deepEqual(server.aliases, [{ name: "s3-old", parentUrn: `${SERVICE}::s3` }]);
    assert.match(server.version, /^\d+\.\d+\.\d+/);
    const volume = find(result, "s3-data");
    assert.deepEqual(
      [volume.protect, volume.retainOnDelete, volume.ignoreChanges],
      [true, true, ["labels"]],
    );
  });

  test("records dependencies, by property too", () => {
    const server = find(result, "s3-server");
    const password = `${SERVICE}$${PASSWORD_TYPE}::s3-password`;
    assert.ok(server.dependencies.includes(password));
    assert.deepEqual(server.propertyDependencies["envs"], [password]);
    assert.deepEqual(server.propertyDependencies["networksAdvanced"], [find(result, "net").urn]);
  });

  test("keeps secrets marked where they stand, unknowns unknown, and passwords made up", () => {
    const { inputs } = find(result, "s3-server");
    const made = passwordCanary(`${SERVICE}$${PASSWORD_TYPE}::s3-password`, 24);
    assert.deepEqual(inputs["envs"], ["MODE=plain", new SecretValue(`PASSWORD=${made}`)]);
    assert.deepEqual(inputs["networksAdvanced"], [{ name: unknownValue }]);
    assert.deepEqual(inputs["volumes"], [{ volumeName: "s3-data", containerPath: "/data" }]);
  });

  test("gives outputs of stack and components", () => {
    assert.deepEqual(result.outputs, {
      first: "s0:6379",
      networkId: unknownValue,
      token: new SecretValue(TOKEN),
      stack: "organization/demo/dev",
      preview: true,
      loadedCompiler: false,
    });
    assert.deepEqual(find(result, "s3").outputs, { address: "s3:6379" });
  });
});

describe("a program full of faults", () => {
  let result: ProgramResult;
  before(async () => {
    result = await run("faulty", {});
  });

  const messages = (kind: string) =>
    result.problems.filter((problem) => problem.kind === kind).map(({ message }) => message);

  test("still comes to its end", () => {
    assert.equal(result.exitCode, 0);
  });

  test("is told of two resources with one URN, and under which parents", () => {
    assert.deepEqual(messages("duplicate-urn"), [
      "Two resources are docker:index/volume:Volume 'data', one under test:index:Careless 'one', the other under test:index:Careless 'two'. A URN holds the types of the parents but not their names: put the parent's name into the child's.",
    ]);
  });

  test("is told of types that do not exist, but not of a cluster's own kinds", () => {
    assert.deepEqual(messages("unknown-type").sort(), [
      "Resource 'bucket': The type 'aws:s3/bucket:Bucket' is of the package 'aws', which is not among docker, random, kubernetes, pulumi.",
      "Resource 'typo': The type 'docker:index/contaner:Container' does not exist in @pulumi/docker. Did you mean 'docker:index/container:Container'?",
      "Resource 'typo-k8s': The type 'kubernetes:apps/v1:Deploiment' does not exist in @pulumi/kubernetes. Did you mean 'kubernetes:apps/v1:Deployment'?",
    ]);
  });

  test("is told of each secret in the plain, where and which, and of no other", () => {
    const leaks = result.problems.filter(({ kind }) => kind === "secret-leak");
    const places = leaks.map(({ path: place, secret, message }) => [
      place,
      secret,
      / \((\S+)\)\./.exec(message)?.[1] ?? "plain",
    ]);
    assert.deepEqual(places.sort(), [
      ["inputs.envs[1]", "password pw", "plain"],
      ["inputs.labels[0].value", "password pw", "base64-encoded"],
      ["inputs.labels[1].value", "config demo:token", "URL-encoded"],
      ["outputs.escaped", "config demo:token", "JSON-escaped"],
      ["outputs.leaked.url", "password pw", "plain"],
      ["stdout", "password pw", "plain"],
    ]);
  });

  test("never sees a secret in a problem", () => {
    const made = passwordCanary(`urn:pulumi:dev::demo::${PASSWORD_TYPE}::pw`, 20);
    const text = JSON.stringify(result.problems);
    assert.ok(!text.includes(made) && !text.includes("ünusual"));
  });
});

describe("a program that ends badly", { concurrency: 2 }, () => {
  const end = async (ending: string, timeoutMs?: number) => {
    const result = await run("endings", { "demo:ending": ending }, timeoutMs);
    const errors = result.diagnostics.filter(({ severity }) => severity === "error");
    return { result, errors: errors.map(({ message }) => message) };
  };

  test("by a RunError: its text alone, without a stack trace", async () => {
    const { result, errors } = await end("run-error");
    assert.equal(result.exitCode, 32);
    assert.deepEqual(errors, ["Stack 'dev' is not ready: set demo:services."]);
  });

  test("by hanging: it is stopped, and the last resource is named", async () => {
    const { result, errors } = await end("hang", 6000);
    assert.notEqual(result.exitCode, 0);
    assert.match(
      errors.join("\n"),
      /^The program still ran after 6 s and was stopped; it had registered docker:index\/network:Network 'net' as the last\./,
    );
    assert.deepEqual(
      result.problems.map(({ kind }) => kind),
      ["timeout"],
    );
  });

  test("by awaiting what never comes: it is not taken for success", async () => {
    const { result, errors } = await end("never");
    assert.equal(result.exitCode, 1);
    assert.match(errors.join("\n"), /Network 'net' as the last\. It awaits a promise/);
  });

  test("by leaving: with its code and its last words", async () => {
    const { result, errors } = await end("exit");
    assert.equal(result.exitCode, 3);
    assert.deepEqual(errors, ["The program ended with code 3:\nout of patience"]);
  });

  test("by an Output in a plain text: it throws instead of rendering, and shows where", async () => {
    const { result, errors } = await end("text");
    assert.equal(result.exitCode, 32);
    assert.match(errors.join("\n"), /Calling \[toString\] on an \[Output<T>\] is not supported/);
    assert.match(errors.join("\n"), /\n\s+at .*endings.index\.ts:/);
  });

  test("by a call to a provider: it is refused by name", async () => {
    const { result, errors } = await end("invoke");
    assert.notEqual(result.exitCode, 0);
    const refusal = /cannot call docker:index\/getRegistryImage:getRegistryImage\. Take the value/;
    assert.match(errors.join("\n"), refusal);
    assert.match(result.problems.map(({ message }) => message).join("\n"), refusal);
  });
});

describe("runProgram refuses", () => {
  test("settings that no environment variable can hold, as an up would", async () => {
    const config = { "demo:services": "x".repeat(128 * 1024) };
    await assert.rejects(
      run("stack", config),
      /^UserError: The stack's settings: found 129 KiB of JSON; allowed: 128 KiB/,
    );
  });

  const base = { project: "demo", stack: "dev", config: {}, secretKeys: [] };

  test("a canary too short to mean anything", async () => {
    await assert.rejects(
      runProgram({ ...base, directory: __dirname, canaries: { pin: "1234" } }),
      /Canary 'pin' has 4 characters; give at least 8/,
    );
  });

  test("a folder that is not there", async () => {
    await assert.rejects(
      runProgram({ ...base, directory: path.join(__dirname, "nowhere") }),
      /The program's folder '.*nowhere' does not exist/,
    );
  });
});
