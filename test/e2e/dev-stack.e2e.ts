import assert from "node:assert/strict";
import { connect } from "node:net";
import { after, before, describe, test } from "node:test";
import { z } from "zod";
import { stackContainers, stackNetworks, stackVolumes } from "../../cli/docker/stack-containers";
import type { Plan } from "../../cli/plan/plan";
import { RUNBOOKS_UID } from "../../dashboards/runbook-panel";
import { eventually, run, succeeds, whalewatch } from "./support/command";
import {
  addressOn,
  container,
  docker,
  execute,
  identity,
  runningContainers,
} from "./support/containers";
import { PORT_SHIFT, STACK, StackFileUnderTest } from "./support/e2e-stack";
import { ModelTraffic } from "./support/model-traffic";
import { hasData, panelQueries } from "./support/panels";
import { getJson, status, vectorShape } from "./support/http";

const PROMETHEUS = `http://127.0.0.1:${9090 + PORT_SHIFT}`;
const GRAFANA = `http://127.0.0.1:${3001 + PORT_SHIFT}`;
const ALERTMANAGER = `http://127.0.0.1:${9093 + PORT_SHIFT}`;
const MEBIBYTE = 1024 * 1024;

const file = new StackFileUnderTest();
let plan: Plan;

const up = () => whalewatch(["up", "--stack", STACK, "--yes"]);
const pulumi = (...args: string[]) =>
  run("pulumi", [...args, "--stack", STACK, "--non-interactive"]);

async function instant(query: string): Promise<string[]> {
  const url = `${PROMETHEUS}/api/v1/query?query=${encodeURIComponent(query)}`;
  const { data } = await getJson(url, vectorShape);
  return data.result.map(({ value }) => value[1]);
}

/**
 * Whether a container with busybox opens a connection. The stores speak no HTTP, so wget always
 * fails; what it says tells whether it got through.
 */
async function connects(from: string, host: string, port: number): Promise<boolean> {
  const url = `http://${host}:${port}/`;
  const { output } = await execute(from, ["wget", "-q", "-T", "3", "-O", "-", url]);
  return !/bad address|timed out|can't connect|unreachable/.test(output);
}

async function allHealthy(): Promise<void> {
  const running = await runningContainers();
  const states = [...running].map(([name, { State }]) => `${name} ${State.Health?.Status ?? "-"}`);
  const expected = plan.workloads.map(({ name }) => `${name} healthy`);
  assert.deepEqual(states.sort(), expected.sort());
}

async function predictions(): Promise<string> {
  const { output } = await execute("postgres", [
    "psql",
    "-h",
    "/var/run/postgresql",
    "-U",
    "postgres",
    "-d",
    "app",
    "-tAc",
    "SELECT count(*) FROM keepsake",
  ]);
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

  test("scrapes every declared target and probes every service", async () => {
    const expected = plan.targets.length;
    await eventually(60, async () => {
      assert.deepEqual(await instant('count(up{job!="probe"} == 1)'), [String(expected)]);
      assert.deepEqual(await instant("count(up == 0) or vector(0)"), ["0"]);
      assert.deepEqual(await instant('count(probe_success{job="probe"} == 1)'), ["3"]);
    });
  });

  test("tells Alertmanager, which is ready, and loads every rule", async () => {
    assert.equal(await status(`${ALERTMANAGER}/-/ready`), 200);
    const managers = z.object({
      data: z.object({ activeAlertmanagers: z.array(z.object({ url: z.string() })) }),
    });
    const { data } = await getJson(`${PROMETHEUS}/api/v1/alertmanagers`, managers);
    assert.deepEqual(data.activeAlertmanagers, [{ url: "http://alertmanager:9093/api/v2/alerts" }]);
    await eventually(60, async () => {
      const alerts = await getJson(
        `${ALERTMANAGER}/api/v2/alerts`,
        z.array(z.object({ labels: z.record(z.string(), z.string()) })),
      );
      assert.deepEqual(
        alerts.map(({ labels }) => labels["alertname"]),
        ["Watchdog"],
      );
    });
  });

  test("shows the provisioned datasource and dashboard, to nobody without the password", async () => {
    assert.equal(await status(`${GRAFANA}/api/search`), 401);
    const password = await succeeds(whalewatch(["password", "--stack", STACK]));
    const auth = `admin:${password.trim()}`;
    const health = await getJson(
      `${GRAFANA}/api/datasources/uid/Prometheus/health`,
      z.object({ status: z.string() }),
      auth,
    );
    assert.equal(health.status, "OK");
    const boards = await getJson(
      `${GRAFANA}/api/search`,
      z.array(z.object({ title: z.string() })),
      auth,
    );
    assert.ok(
      boards.some(({ title }) => title === "Backend Monitoring Overview"),
      JSON.stringify(boards),
    );
  });

  test("fills every panel of every dashboard with data", async () => {
    const password = (await succeeds(whalewatch(["password", "--stack", STACK]))).trim();
    const queries = await panelQueries(GRAFANA, `admin:${password}`);
    assert.deepEqual(
      [...new Set(queries.map(({ dashboard }) => dashboard))].sort(),
      plan.dashboards.flatMap(({ uid, title }) => (uid === RUNBOOKS_UID ? [] : [title])).sort(),
    );
    const from = Date.now() / 1000;
    const services = [8001, 8002, 8003].map((port) => `http://127.0.0.1:${port + PORT_SHIFT}`);
    const traffic = new ModelTraffic(services);
    await eventually(180, async () => {
      const empty: string[] = [];
      for (const query of queries) {
        if (await hasData(PROMETHEUS, query, from)) continue;
        empty.push(`${query.dashboard}, ${query.panel}: ${query.expr}`);
      }
      assert.deepEqual(empty, []);
    }).finally(() => traffic.stop());
  });

  test("runs every container within the declared limits and hardened", async () => {
    const running = await runningContainers();
    for (const { name, limits, user, readOnly } of plan.workloads) {
      const found = running.get(name);
      assert.ok(found, name);
      const { HostConfig: host, Config: config } = found;
      assert.deepEqual(
        {
          memory: host.Memory,
          swap: host.MemorySwap,
          cpu: host.NanoCpus,
          user: config.User,
          readOnly: host.ReadonlyRootfs,
          drop: z.array(z.string()).parse(host.CapDrop),
          privileged: host.Privileged,
          security: z.array(z.string()).parse(host.SecurityOpt),
          restart: host.RestartPolicy?.Name,
          log: host.LogConfig,
        },
        {
          memory: limits.memoryMiB * MEBIBYTE,
          swap: limits.memoryMiB * MEBIBYTE,
          cpu: limits.cpuMillis * 1e6,
          user,
          readOnly,
          drop: ["ALL"],
          privileged: false,
          security: ["no-new-privileges:true"],
          restart: "unless-stopped",
          log: { Type: "json-file", Config: { "max-file": "3", "max-size": "10m" } },
        },
        name,
      );
      const addresses = Object.values(host.PortBindings as Record<string, { HostIp: string }[]>)
        .flat()
        .map(({ HostIp }) => HostIp);
      assert.deepEqual(
        [...new Set(addresses)].filter((address) => address !== "127.0.0.1"),
        [],
        name,
      );
    }
  });

  test("keeps the stores from the host, from strangers and from the internet", async () => {
    for (const [store, port] of [
      ["postgres", 5432],
      ["redis", 6379],
    ] as const) {
      const found = await container(store);
      assert.deepEqual(found.HostConfig.PortBindings, {}, store);
      const address = addressOn(found, `${store}-network`);
      assert.equal(
        await connects(`${store}-exporter`, store, port),
        true,
        "who needs it reaches it",
      );
      for (const stranger of ["blackbox-exporter", "prometheus"]) {
        assert.equal(
          await connects(stranger, address, port),
          false,
          `${stranger} reaches ${store}`,
        );
      }
      assert.equal(await connects("alertmanager", store, port), false, `${store} is found by name`);
      const joined = await Promise.all(
        Object.values(found.NetworkSettings.Networks).map(async ({ NetworkID }) => {
          const network = z.object({ Internal: z.boolean() });
          return network.parse(await docker.getNetwork(NetworkID).inspect()).Internal;
        }),
      );
      assert.deepEqual(joined, [true], `${store} is on one closed network alone`);
      // Another network of the same engine is as far away as the internet.
      const elsewhere = addressOn(await container("efficientnet-v2"), "edge-network");
      const out = await execute(store, [
        "timeout",
        "3",
        "bash",
        "-c",
        `</dev/tcp/${elsewhere}/8000`,
      ]);
      assert.notEqual(out.code, 0, `${store} has a way out`);
    }
    await assert.rejects(connected(5432), "postgres is published");
    await assert.rejects(connected(6379), "redis is published");
  });

  test("keeps published workloads apart on the network they share", async () => {
    const address = addressOn(await container("efficientnet-v2"), "edge-network");
    const { code } = await execute("efficientnet-v1", [
      "node",
      "-e",
      `fetch("http://${address}:8000/health",{signal:AbortSignal.timeout(3000)}).then(()=>process.exit(0),()=>process.exit(1))`,
    ]);
    assert.equal(code, 1);
  });

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
    const sql = "CREATE TABLE keepsake AS SELECT generate_series(1, 1000) AS n";
    const made = await execute("postgres", [
      "psql",
      "-h",
      "/var/run/postgresql",
      "-U",
      "postgres",
      "-d",
      "app",
      "-c",
      sql,
    ]);
    assert.equal(made.code, 0, made.output);
    const earlier = await container("postgres");
    file.set(["whalewatch:postgres", "limits", "cpu"], 0.6);
    await succeeds(up());
    assert.notEqual((await container("postgres")).Id, earlier.Id);
    assert.equal(await predictions(), "1000");
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
});

function connected(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: "127.0.0.1", port, timeout: 2000 });
    socket.once("connect", () => {
      socket.destroy();
      resolve();
    });
    socket.once("error", reject);
  });
}
