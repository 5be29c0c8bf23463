import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Plan } from "../../../cli/plan/plan";
import { RUNBOOKS_UID } from "../../../dashboards/runbook-panel";
import { AlertWatch } from "./alert-watch";
import type { Fault } from "./fault";
import { faultTable, type FaultTimes } from "./fault-times";
import { FAULT_SETTINGS, faults } from "./faults";
import { FAULTY_PORTS, faultyService, type FaultyName, TRAFFIC } from "./faulty-api";
import { hasData, panelQueries } from "../support/panels";
import { SmallDisk } from "./small-disk";
import { Traffic } from "../support/traffic";
import { ChannelSink, SINK } from "../support/channel-sink/channel-sink";
import { eventually, run, succeeds, whalewatch } from "../support/command";
import { container, docker } from "../support/containers";
import { PORT_SHIFT, STACK, StackFileUnderTest } from "../support/e2e-stack";

const PROMETHEUS = `http://127.0.0.1:${9090 + PORT_SHIFT}`;
const GRAFANA = `http://127.0.0.1:${3001 + PORT_SHIFT}`;
const ALERTMANAGER = `http://127.0.0.1:${9093 + PORT_SHIFT}`;
const SINK_URL = `http://${SINK.name}:${SINK.http}`;
const SINK_NETWORK = "whalewatch-e2e-sink";
const SINK_CONTAINER = "whalewatch-e2e-sink";
/** How long the healthy stack must raise no critical alert. */
const QUIET_MINUTES = Number(process.env["WHALEWATCH_QUIET_MINUTES"] ?? "10");
const SECONDS_TO_FIRE = 180;
const SECONDS_TO_DELIVER = 60;
/** Rates look back 5 minutes, so an error is forgotten after them. */
const SECONDS_TO_RESOLVE = 480;

const now = (): number => Date.now() / 1000;
const since = (from: number): number => now() - from;

describe("what goes wrong is told, and nothing else is", { concurrency: 1 }, () => {
  const file = new StackFileUnderTest();
  const times = new Map<Fault, FaultTimes>();
  let disk: SmallDisk | string = "not tried";
  let groups: readonly (readonly Fault[])[];
  let all: readonly Fault[];
  let sink: ChannelSink;
  let watch: AlertWatch;
  /** What was started, the last first. */
  const cleanUp: (() => Promise<unknown>)[] = [];
  let started: number;

  before(async () => {
    // Before the start: node-exporter sees what is mounted by then.
    disk = await SmallDisk.make();
    groups = faults(disk);
    all = groups.flat();
    declare(file);
    await succeeds(run("pulumi", ["stack", "select", "--create", STACK]));
    for (const [name, value] of [
      ["telegramToken", "123456:live-test"],
      ["slackWebhook", `${SINK_URL}/services/T0/B0/live`],
    ] as const) {
      const set = ["config", "set", "--secret", `secrets:${name}`, value, "--stack", STACK];
      await succeeds(run("pulumi", set));
    }
    await succeeds(whalewatch(["up", "--stack", STACK, "--yes"]));
    started = now();
    // On a network of its own it can be asked from here; by the other one alerts come to it.
    const network = await docker.createNetwork({ Name: SINK_NETWORK });
    cleanUp.unshift(() => network.remove());
    sink = await ChannelSink.start(docker, SINK_NETWORK, SINK_CONTAINER);
    cleanUp.unshift(() => sink.remove());
    await docker.getNetwork(await monitoringNetwork()).connect({
      Container: SINK_CONTAINER,
      EndpointConfig: { Aliases: [SINK.name] },
    });
    watch = new AlertWatch(ALERTMANAGER);
    cleanUp.unshift(() => watch.stop());
    const traffic = new Traffic(TRAFFIC);
    cleanUp.unshift(() => traffic.stop());
  });

  after(async () => {
    for (const each of cleanUp) await each();
    const { code, output } = await whalewatch(["down", "--stack", STACK, "--yes", "--delete-data"]);
    if (code !== 0) console.error(output);
    if (disk instanceof SmallDisk) await disk.remove();
    StackFileUnderTest.remove();
  });

  test("within three minutes every panel of every dashboard has data", async () => {
    const text = await succeeds(whalewatch(["plan", "--stack", STACK, "--json"]));
    const { dashboards } = JSON.parse(text) as Plan;
    const asking = dashboards.filter(({ uid }) => uid !== RUNBOOKS_UID);
    const password = await succeeds(whalewatch(["password", "--stack", STACK]));
    const queries = await panelQueries(GRAFANA, `admin:${password.trim()}`);
    assert.deepEqual(
      [...new Set(queries.map(({ dashboard }) => dashboard))].sort(),
      asking.map(({ title }) => title).sort(),
    );
    await eventually(180 - since(started), async () => {
      const empty: string[] = [];
      for (const query of queries) {
        if (await hasData(PROMETHEUS, query, started)) continue;
        empty.push(`${query.dashboard}, ${query.panel}: ${query.expr}`);
      }
      assert.deepEqual(empty, []);
    });
    console.log(
      `${queries.length} of ${queries.length} panel queries have data ${since(started).toFixed(0)} s after up`,
    );
  });

  test(`is quiet for ${QUIET_MINUTES} minutes while it is healthy`, async () => {
    await sleep(QUIET_MINUTES * 60_000);
    const raised = watch.ever.map(({ name, severity }) => `${name} (${severity})`);
    console.log(`Seen in ${since(started).toFixed(0)} s: ${raised.join(", ")}`);
    assert.deepEqual(
      watch.ever.filter(({ severity }) => severity === "critical"),
      [],
    );
  });

  test("a test alert reaches every receiver, and the command says so", async () => {
    const said = await succeeds(whalewatch(["alert", "test", "--stack", STACK]));
    for (const receiver of ["phone", "chat", "robot"]) {
      assert.match(said, new RegExp(`^${receiver}: arrived after [\\d.]+ s$`, "m"));
    }
  });

  test("Prometheus and Grafana keep within their memory", async () => {
    for (const workload of ["prometheus", "grafana"]) {
      const { Id, HostConfig } = await container(workload);
      const { memory_stats } = await docker.getContainer(Id).stats({ stream: false });
      const used = memory_stats.usage - memory_stats.stats.inactive_file;
      console.log(
        `${workload}: ${(used / 2 ** 20).toFixed(0)} MiB of ${(HostConfig.Memory ?? 0) / 2 ** 20}`,
      );
      assert.ok(used < (HostConfig.Memory ?? 0), workload);
    }
  });

  test("each fault raises its alert, which arrives everywhere and is taken back", async (context) => {
    // What each waits by default is tested with promtool; from here on it would only take time.
    const waits = Object.fromEntries(all.map(({ alert }) => [alert, { for: "15s" }]));
    file.set(["whalewatch:alerts", "rules"], waits);
    await succeeds(whalewatch(["up", "--stack", STACK, "--yes"]));
    const resolutions: Promise<void>[] = [];
    const happens = async (fault: Fault): Promise<void> => {
      const from = now();
      await fault.provoke();
      try {
        await eventually(SECONDS_TO_FIRE, () => {
          assert.ok(watch.isActive(fault.alert, fault.labels), `${fault.alert} does not fire`);
          return Promise.resolve();
        });
        const firing = since(from);
        await arrived(fault, "firing", from, SECONDS_TO_DELIVER);
        times.set(fault, { firing, delivered: since(from) });
      } finally {
        await fault.heal();
      }
      const healed = now();
      resolutions.push(
        arrived(fault, "resolved", healed, SECONDS_TO_RESOLVE).then(() => {
          const took = times.get(fault);
          if (took !== undefined) times.set(fault, { ...took, resolved: since(healed) });
        }),
      );
    };
    for (const group of groups) {
      await context.test(
        group.map(({ name }) => name).join(", "),
        { concurrency: true },
        async (together) => {
          await Promise.all(
            group.map((fault) =>
              together.test(fault.name, { skip: fault.impossible ?? false }, () => happens(fault)),
            ),
          );
        },
      );
    }
    const ended = await Promise.allSettled(resolutions);
    console.log(faultTable(all, times));
    assert.deepEqual(
      ended.flatMap((each) => (each.status === "rejected" ? [String(each.reason)] : [])),
      [],
    );
  });

  test("nobody was woken for anything else", () => {
    const expected = new Set(all.map(({ alert }) => alert));
    assert.deepEqual(
      watch.ever.filter(({ name, severity }) => severity === "critical" && !expected.has(name)),
      [],
    );
  });

  /** The alert in every channel, in words that name what it is about. */
  async function arrived(
    { alert, says }: Fault,
    status: "firing" | "resolved",
    from: number,
    seconds: number,
  ): Promise<void> {
    await eventually(seconds, async () => {
      for (const channel of ["telegram", "slack", "webhook"] as const) {
        const told = (await sink.requests(channel)).some(({ at, body }) => {
          const text = JSON.stringify(body);
          return (
            Date.parse(at) / 1000 >= from &&
            text.includes(alert) &&
            new RegExp(status, "i").test(text) &&
            says.test(text)
          );
        });
        assert.ok(told, `${alert} ${status} did not arrive by ${channel}`);
      }
    });
  }
});

/** The network on which Alertmanager and its peers see one another. */
async function monitoringNetwork(): Promise<string> {
  const { NetworkSettings } = await container("alertmanager");
  const names = Object.keys(NetworkSettings.Networks);
  const found = names.find((name) => name.startsWith("monitoring-network"));
  assert.ok(found !== undefined, names.join(", "));
  return found;
}

/** Dev's stack with services that can be made to fail, and receivers in the sink. */
function declare(file: StackFileUnderTest): void {
  for (const name of Object.keys(FAULTY_PORTS) as FaultyName[]) {
    file.set(["whalewatch:services", name], faultyService(name));
  }
  file.set(["whalewatch:host", "memory"], "8Gi");
  file.set(["whalewatch:postgres", "maxConnections"], FAULT_SETTINGS.maxConnections);
  file.set(["whalewatch:prometheus", "scrapeInterval"], "5s");
  file.set(["whalewatch:alerts"], {
    receivers: {
      phone: {
        telegram: { chatId: -100123, secret: "telegramToken", apiUrl: SINK_URL },
      },
      chat: { slack: { secret: "slackWebhook" } },
      robot: { webhook: { url: `${SINK_URL}/hook` } },
    },
    routes: { groupWait: "1s", groupInterval: "5s" },
  });
}
