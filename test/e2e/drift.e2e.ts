import assert from "node:assert/strict";
import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { pack } from "tar-stream";
import { dockerClient, stackContainers } from "../../cli/docker/stack-containers";
import { eventually, run, start, succeeds, whalewatch } from "./support/command";
import { type DriftReport, findingLines, lookForDrift } from "./support/drift-report";

const STACK = "e2e-drift";
const FILE = `Pulumi.${STACK}.yaml`;
const EXPORTS = `.pulumi-state/exports/${STACK}`;
const MEBIBYTE = 1024 * 1024;
const API = `whalewatch.${STACK}.api`;
const REDIS = `whalewatch.${STACK}.redis`;

/** One API and its Redis, without anything that watches them. */
const SETTINGS = `config:
  whalewatch:host: { memory: 2Gi }
  whalewatch:monitoring: { enabled: false }
  whalewatch:services:
    api:
      image: node:24.21.0-slim
      port: 8000
      publish: 28310
      metrics: false
      limits: { memory: 96Mi, cpu: 0.5 }
      needs: [redis]
      env: { GREETING: hello }
      command:
        - node
        - -e
        - require("http").createServer((_, answer) => answer.end("ok")).listen(8000)
  whalewatch:redis: { limits: { memory: 64Mi, cpu: 0.25 }, storage: 1Gi }
`;

const docker = dockerClient();
const pulumi = (...args: string[]) =>
  run("pulumi", [...args, "--stack", STACK, "--non-interactive"]);
const drift = () => whalewatch(["drift", "--stack", STACK]);
const doctor = (...args: string[]) => whalewatch(["doctor", "--stack", STACK, ...args]);
const redis = (command: string) =>
  succeeds(
    run("docker", [
      ...["exec", REDIS, "sh", "-c"],
      `REDISCLI_AUTH=$(cat /run/secrets/redis) redis-cli ${command}`,
    ]),
  );

let report: DriftReport;

describe("what was changed by hand, and what a killed update leaves", { concurrency: 1 }, () => {
  before(() => {
    writeFileSync(FILE, SETTINGS);
    rmSync(EXPORTS, { recursive: true, force: true });
  });

  after(async () => {
    const { code, output } = await whalewatch(["down", "--stack", STACK, "--yes", "--delete-data"]);
    if (code !== 0) console.error(output);
    rmSync(FILE, { force: true });
    rmSync(EXPORTS, { recursive: true, force: true });
  });

  test("a stack that is up has no drift; the first up had no state to keep", async () => {
    await succeeds(whalewatch(["up", "--stack", STACK, "--yes"]));
    assert.equal(existsSync(EXPORTS), false);
    assert.equal(await succeeds(drift()), `${STACK}: no drift. Everything is as declared.\n`);
    assert.match(await redis("set keepsake kept"), /OK/);
  });

  test("every change by hand is found, and nothing is changed by looking", async () => {
    await changeByHand();
    const looked = await docker.getContainer(REDIS).inspect();
    const looking = await lookForDrift(STACK);
    report = looking.report;
    const found = findingLines(report);
    for (const expected of [
      "redis-container mustRun: stopped",
      "redis-container memory: 48",
      "redis-files uploads /etc/redis/redis.conf: differs",
      "redis-files uploads /etc/redis/more.conf: a file",
      "api-container existence: made by somebody else",
      "api-container envs GREETING: another value",
      "api-container envs API_TOKEN: set",
    ]) {
      assert.ok(found.includes(expected), `${expected} is not in\n${found.join("\n")}`);
    }
    assert.doesNotMatch(looking.output, /hunter2/);
    assert.deepEqual((await docker.getContainer(REDIS).inspect()).State, looked.State);
  });

  test("a killed update is explained, and cleared by doctor --fix", async () => {
    for (const { mend } of report.findings) {
      const remove = mend.command?.replace("docker rm -f", "docker rm -f -v");
      if (remove !== mend.command) await run("sh", ["-c", remove ?? ""]);
    }
    const args = ["up", "--stack", STACK, "--yes", "--skip-preview", "--refresh"];
    const interrupted = start("pulumi", args, {});
    await eventually(120, async () => {
      assert.equal((await docker.getContainer(API).inspect()).State.Running, true);
    });
    const { pid } = interrupted.child;
    assert.ok(pid !== undefined);
    process.kill(-pid, "SIGKILL");
    await interrupted.ended;
    await sleep(1000);
    const before = await doctor();
    assert.equal(before.code, 1, before.output);
    assert.match(
      before.output,
      /fail {2}update +An update was interrupted and left behind: the lock of process \d+ on \S+, which is gone; 1 unfinished creation in the state; container whalewatch\.e2e-drift\.api, not in the state\./,
    );
    const fixed = await succeeds(doctor("--fix"));
    assert.match(fixed, /Clearing the lock of process \d+ on \S+, which is gone\./);
    assert.match(fixed, /Removing container whalewatch\.e2e-drift\.api,/);
    assert.match(fixed, /Clearing 1 unfinished creation from the state\./);
    assert.match(fixed, /ok {4}update +none runs, and none was interrupted/);
    assert.match(fixed, /e2e-drift: \d+ checks, all is well\.\n$/);
  });

  test("the report's own command puts all of it right; the data is there, and the state before it", async () => {
    await succeeds(run("sh", ["-c", `${report.command ?? ""} --yes`]));
    for (const { mend } of report.findings) {
      // Whoever has no busybox uses another image with a shell.
      const command = mend.command?.replace("busybox", "--entrypoint rm redis:8.0.6 -f");
      if (command?.startsWith("docker run") === true) {
        await succeeds(run("sh", ["-c", command.replace("-f rm ", "-f ")]));
      }
    }
    await succeeds(drift());
    await succeeds(pulumi("preview", "--expect-no-changes"));
    assert.match(await redis("get keepsake"), /kept/);
    const kept = readdirSync(EXPORTS);
    assert.equal(kept.length, 1, kept.join(" "));
    const file = `${EXPORTS}/${kept[0] ?? ""}`;
    await succeeds(whalewatch(["pulumi", "stack", "import", "--stack", STACK, "--file", file]));
  });
});

/** A limit, a stop, a file, a file more, and a container made again with another environment. */
async function changeByHand(): Promise<void> {
  const memory = 48 * MEBIBYTE;
  await docker.getContainer(REDIS).update({ Memory: memory, MemorySwap: memory });
  await docker.getContainer(REDIS).stop();
  const archive = pack();
  archive.entry({ name: "redis.conf", mode: 0o444, uid: 999, gid: 999 }, "dir /data\n");
  archive.entry({ name: "more.conf", mode: 0o444 }, "maxmemory 1gb\n");
  archive.finalize();
  await docker.getContainer(`${REDIS}.files`).putArchive(archive, { path: "/etc/redis" });
  const { Config, HostConfig, NetworkSettings } = await docker.getContainer(API).inspect();
  await docker.getContainer(API).remove({ force: true, v: true });
  const [network] = Object.values(NetworkSettings.Networks);
  const again = await docker.createContainer({
    ...{ ...Config, name: API, HostConfig, Hostname: "" },
    Env: [
      ...Config.Env.filter((entry) => !entry.startsWith("GREETING=")),
      "GREETING=hunter2",
    ].concat("API_TOKEN=hunter2"),
  });
  await again.start();
  assert.ok(network !== undefined);
  const { length } = await stackContainers(docker, { project: "whalewatch", name: STACK });
  assert.equal(length, 4);
}
