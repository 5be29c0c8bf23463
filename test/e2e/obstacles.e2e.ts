import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { stackContainers } from "../../cli/docker/stack-containers";
import { run, whalewatch } from "./support/command";
import { docker, identity } from "./support/containers";
import { PORT_SHIFT, STACK, StackFileUnderTest } from "./support/e2e-stack";

const up = (env: NodeJS.ProcessEnv = {}) => whalewatch(["up", "--stack", STACK, "--yes"], env);

describe("what is in the way of an up", { concurrency: 1 }, () => {
  let file: StackFileUnderTest;
  before(() => {
    file = new StackFileUnderTest();
  });
  after(() => {
    StackFileUnderTest.remove();
  });

  test("Docker not running: a sentence and a remedy", async () => {
    const { code, output } = await up({ DOCKER_HOST: "unix:///nowhere/docker.sock" });
    assert.equal(code, 1);
    assert.match(output, /Docker does not answer: .*nowhere/);
    assert.match(output, /Start Docker Desktop/);
    assert.doesNotMatch(output, /\n\s+at /);
  });

  test("Pulumi missing: a sentence and a remedy", async () => {
    const { code, output } = await up({ PATH: path.dirname(process.execPath) });
    assert.equal(code, 1);
    assert.match(output, /The Pulumi CLI is not on PATH\.\n\s+Install it/);
    assert.doesNotMatch(output, /\n\s+at /);
  });

  test("a host port taken: named with its workload", async () => {
    const server = createServer().listen(9090 + PORT_SHIFT, "127.0.0.1");
    await once(server, "listening");
    const { code, output } = await up();
    server.close();
    assert.equal(code, 1);
    assert.match(output, /prometheus publishes 127\.0\.0\.1:29090.*another program listens/);
  });

  test("settings that do not hold: plain pulumi reports them all and creates nothing", async () => {
    file.set(["whalewatch:services", "resnet-v1", "port"], 70_000);
    file.set(["whalewatch:services", "resnet-v1", "image"], "whalewatch/model-api:latest");
    file.set(["whalewatch:postgress"], {});
    await run("pulumi", ["stack", "select", "--create", STACK]);
    const { code, output } = await run("pulumi", [
      "up",
      "--stack",
      STACK,
      "--yes",
      "--skip-preview",
    ]);
    assert.notEqual(code, 0);
    assert.match(output, /has 3 problems; nothing was created/);
    assert.match(output, /resnet-v1\.port: found 70000/);
    assert.match(output, /resnet-v1\.image: found "whalewatch\/model-api:latest"/);
    assert.match(output, /did you mean "postgres"/);
    assert.doesNotMatch(output, /\n\s+at .*\.ts:\d+/);
    assert.deepEqual(await stackContainers(docker, identity), []);
  });
});
