import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { stringify } from "yaml";
import { stackContainers } from "../../cli/docker/stack-containers";
import { type Ended, run, succeeds, whalewatch } from "./support/command";
import { docker } from "./support/containers";

const STACK = "e2e-policies";
const FILE = `Pulumi.${STACK}.yaml`;

/** A stack of one service and a Redis; with each call the file holds these policies and changes. */
function write(service: object, policies: object, secrets: object = {}): void {
  const config = {
    "whalewatch:monitoring": { enabled: false },
    "whalewatch:redis": { limits: { memory: "64Mi", cpu: 0.1 } },
    "whalewatch:services": {
      api: {
        ...{ image: "ghcr.io/acme/api:1.0.0", port: 8000, publish: 28_090, needs: ["redis"] },
        ...{ limits: { memory: "64Mi", cpu: 0.1 }, ...service },
      },
    },
    "whalewatch:policies": policies,
    ...secrets,
  };
  writeFileSync(FILE, stringify({ config }));
}

const preview = (...options: string[]): Promise<Ended> =>
  run("pulumi", ["preview", "--stack", STACK, "--policy-pack", "policies/pack", ...options]);

describe("Pulumi asks the policies in a preview", { concurrency: 1 }, () => {
  before(async () => {
    write({}, {});
    await succeeds(run("pulumi", ["stack", "select", "--create", "--stack", STACK]));
  });
  after(async () => {
    await run("pulumi", ["stack", "rm", "--force", "--yes", "--stack", STACK]);
    rmSync(FILE, { force: true });
  });

  test("a stack that holds to all goes through, without a word", async () => {
    write({}, { production: false, registries: ["ghcr.io/acme", "docker.io"] });
    const output = await succeeds(preview());
    assert.match(output, /whalewatch@v/);
    assert.doesNotMatch(output, /\[(?:mandatory|advisory)\]|can't be known/);
    assert.match(output, /\+ \d+ to create/);
  });

  test("a planted violation of each kind stops it, and says what is wrong and what to do", async () => {
    const publish = { port: 28_090, address: "0.0.0.0" };
    const env = { ANSWER: `ghp_${"a1B2".repeat(9)}` };
    write(
      { publish, env, readOnlyRoot: false },
      { production: true, registries: ["ghcr.io/acme"] },
    );
    const { code, output } = await preview();
    assert.notEqual(code, 0);
    for (const message of [
      /\[mandatory\] .*ports-must-stay-on-loopback/,
      /Container 'api-container' opens port 28090 on 0\.0\.0\.0\./,
      /Leave the address out of publish/,
      /\[mandatory\] .*images-must-come-from-allowed-registries/,
      /Image 'redis:8\.0\.6' comes from docker\.io; allowed: ghcr\.io\/acme\./,
      /\[mandatory\] .*containers-must-have-a-read-only-root/,
      /The env ANSWER of Container 'api-container' shows a GitHub token\./,
      /Image 'ghcr\.io\/acme\/api:1\.0\.0' has no digest\./,
    ]) {
      assert.match(output, message);
    }
  });

  test("what is about the whole stack stops it too", async () => {
    write({}, { production: true, levels: { "production-must-pin-digests": "disabled" } });
    const { code, output } = await preview();
    assert.notEqual(code, 0);
    assert.match(output, /\[mandatory\] .*production-must-have-replicas/);
    assert.match(output, /1 of the service api runs\./);
    assert.match(output, /Monitoring is switched off, so nobody learns that anything is wrong\./);
  });

  test("an update is refused before anything is made", async () => {
    write({ publish: { port: 28_090, address: "0.0.0.0" } }, {});
    const { code, output } = await whalewatch(["up", "--stack", STACK, "--yes"]);
    assert.notEqual(code, 0);
    assert.match(output, /\[mandatory\] .*ports-must-stay-on-loopback/);
    const own = await stackContainers(docker, { project: "whalewatch", name: STACK });
    assert.deepEqual(own, []);
  });

  test("an advice and an exception let it through", async () => {
    const rule = "ports-must-stay-on-loopback";
    const exception = {
      workload: "api",
      reason: "its users sit in the office",
      expires: "9999-12-31",
    };
    write(
      { publish: { port: 28_090, address: "0.0.0.0" } },
      {
        registries: ["docker.io"],
        levels: { "images-must-come-from-allowed-registries": "advisory" },
        exceptions: [{ rule, ...exception }],
      },
    );
    const output = await succeeds(preview());
    assert.match(output, /\[advisory\] .*images-must-come-from-allowed-registries/);
    assert.doesNotMatch(output, /\[mandatory\]/);
  });
});
