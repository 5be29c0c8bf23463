import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { z } from "zod";
import { stackContainers, stackNetworks, stackVolumes } from "../../cli/docker/stack-containers";
import type { Plan } from "../../cli/plan/plan";
import { isolation } from "./dev-stack/isolation";
import { monitoring } from "./dev-stack/monitoring";
import { eventually, run, succeeds, whalewatch } from "./support/command";
import { container, docker, execute, identity, runningContainers } from "./support/containers";
import { PORT_SHIFT, STACK, StackFileUnderTest } from "./support/e2e-stack";
import { getJson, status } from "./support/http";

const PROMETHEUS = `http://127.0.0.1:${9090 + PORT_SHIFT}`;
const MEBIBYTE = 1024 * 1024;

const file = new StackFileUnderTest();
let plan: Plan;

const up = () => whalewatch(["up", "--stack", STACK, "--yes"]);
const pulumi = (...args: string[]) =>
  run("pulumi", [...args, "--stack", STACK, "--non-interactive"]);

async function allHealthy(): Promise<void> {
  const running = await runningContainers();
  const states = [...running].map(([name, { State }]) => `${name} ${State.Health?.Status ?? "-"}`);
  const expected = plan.workloads.map(({ name }) => `${name} healthy`);
  assert.deepEqual(states.sort(), expected.sort());
}

async function psql(sql: string): Promise<string> {
  const login = ["-h", "/var/run/postgresql", "-U", "postgres", "-d", "app"];
  const { code, output } = await execute("postgres", ["psql", ...login, "-tAc", sql]);
  assert.equal(code, 0, output);
  return output.trim();
}

describe("the dev stack on a real engine", { concurrency: 1 }, () => {
  before(async () => {
    file.set(["whalewatch:host", "memory"], "8Gi");
    plan = JSON.parse(await succeeds(whalewatch(["plan", "--stack", STACK, "--json"]))) as Plan;
  });

  after(async () => {
    const { code, output } = await whalewatch(["down", "--stack", STACK, "--yes", "--delete-data"]);
    if (code !== 0) console.error(output);
    StackFileUnderTest.remove();
  });

  test("comes up from nothing and says how long each workload took", async () => {
    const output = await succeeds(up());
    const table = output.slice(output.indexOf("  workload  "), output.indexOf("Open:"));
    assert.equal(table.trim().split("\n").length, plan.workloads.length + 1, output);
    console.log(table);
    await allHealthy();
  });

  monitoring(() => plan);
  isolation(() => plan);

  test("changes nothing the second time, refreshed or not", async () => {
    await succeeds(pulumi("preview", "--expect-no-changes"));
    await succeeds(pulumi("preview", "--refresh", "--expect-no-changes"));
  });

  test("takes one changed limit to one container, in place", async () => {
    const earlier = await runningContainers();
    file.set(["whalewatch:services", "efficientnet-v2", "limits", "memory"], "448Mi");
    const output = await succeeds(up());
    // Rules know the limit: Prometheus' files are written anew, which it reads while it runs.
    assert.match(output, /~ +docker:index:Container efficientnet-v2-container updated/);
    assert.match(output, /prometheus-files created replacement/);
    assert.match(output, /~ 1 updated\s+\+-1 replaced\s+2 changes\. \d+ unchanged\s+Duration/);
    const later = await runningContainers();
    const starts = (all: typeof earlier) =>
      [...all].map(([name, { Id, State }]) => `${name} ${Id} ${State.StartedAt}`).sort();
    assert.deepEqual(starts(later), starts(earlier));
    assert.equal(later.get("efficientnet-v2")?.HostConfig.Memory, 448 * MEBIBYTE);
  });

  test("brings a changed job to the running Prometheus", async () => {
    const earlier = await container("prometheus");
    file.set(["whalewatch:services", "resnet-v1", "health"], "/live");
    await succeeds(up());
    const config = z.object({ data: z.object({ yaml: z.string() }) });
    await eventually(30, async () => {
      const { data } = await getJson(`${PROMETHEUS}/api/v1/status/config`, config);
      assert.match(data.yaml, /http:\/\/resnet-v1:8000\/live/);
    });
    const later = await container("prometheus");
    assert.deepEqual([later.Id, later.State.StartedAt], [earlier.Id, earlier.State.StartedAt]);
  });

  test("keeps Postgres' data when its container is replaced", async () => {
    await psql("CREATE TABLE keepsake AS SELECT generate_series(1, 1000) AS n");
    const earlier = await container("postgres");
    file.set(["whalewatch:postgres", "limits", "cpu"], 0.6);
    await succeeds(up());
    assert.notEqual((await container("postgres")).Id, earlier.Id);
    assert.equal(await psql("SELECT count(*) FROM keepsake"), "1000");
    await eventually(30, async () => {
      assert.equal(await status(`http://127.0.0.1:${8001 + PORT_SHIFT}/health`), 200);
    });
  });

  test("goes down without leaving containers or networks, and keeps the volumes", async () => {
    const output = await succeeds(whalewatch(["down", "--stack", STACK, "--yes"]));
    assert.deepEqual(await stackContainers(docker, identity), []);
    assert.deepEqual(await stackNetworks(docker, identity), []);
    const kept = (await stackVolumes(docker, identity)).map(({ Name }) => Name).sort();
    const declared = plan.workloads.flatMap(({ name, volumes }) =>
      volumes.map((volume) => `whalewatch.${STACK}.${name}.${volume.name}`),
    );
    assert.deepEqual(kept, declared.sort());
    for (const name of kept) assert.ok(output.includes(name), name);
  });

  test("comes up again with the data that it had", async () => {
    await succeeds(up());
    await allHealthy();
    assert.equal(await psql("SELECT count(*) FROM keepsake"), "1000");
  });
});
