import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { containersDashboards } from "../../dashboards/containers";
import { declareStack, serviceSettings } from "../support/declared-stack";
import { Tree } from "../support/rendered";
import { panelsOf } from "../support/expressions";
import { eventually, run, succeeds } from "./support/command";
import { getJson, vectorShape } from "./support/http";
import { hasData } from "./support/panels";
import { SmallStack } from "./support/small-stack";

const PROMETHEUS = "http://127.0.0.1:29590";
const COLLECTOR = "docker-stats-collector";
const MEBIBYTE = 1024 * 1024;
/** Two rounds of the engine's figures, the scrapes after them, and rules over those. */
const SECONDS_TO_MEASURE = 60;

const MEASURES = [
  ...["memory_usage:bytes", "cpu_usage:cores_rate5m"],
  ...["network_received:bytes_rate5m", "network_sent:bytes_rate5m", "restarts:increase15m"],
];

const stack = new SmallStack("e2e-containers");
const workloads = ["api", COLLECTOR, "prometheus"];
const settings = (socketGroup: string) => `  whalewatch:services:
    api:
      image: whalewatch/model-api:1.0.0
      build: { context: services/model-api }
      port: 8000
      limits: { memory: 256Mi, cpu: 0.5 }
      metricsProfile: whale-model
  whalewatch:prometheus: { publish: 29590, scrapeInterval: 5s, limits: { memory: 128Mi, cpu: 0.5 } }
  whalewatch:grafana: { enabled: false }
  whalewatch:alertmanager: { enabled: false }
  whalewatch:nodeExporter: { enabled: false }
  whalewatch:exporters:
    blackbox: { enabled: false }
    containers: { enabled: true, socketGroup: ${socketGroup}, limits: { memory: 64Mi, cpu: 0.2 } }
`;

/** The docs' own command, so that what they say is what works. */
function commandOfGroup(): string {
  const page = readFileSync("docs/container-metrics.md", "utf8");
  const [, command] = /^ {4}(docker run .+ stat .+)$/m.exec(page) ?? [];
  assert.ok(command !== undefined, "docs/container-metrics.md has no command for the group");
  return command;
}

/** What Prometheus answers, by workload. */
async function byWorkload(query: string): Promise<Map<string, number>> {
  const url = `${PROMETHEUS}/api/v1/query?query=${encodeURIComponent(query)}`;
  const { data } = await getJson(url, vectorShape);
  return new Map(
    data.result.map(({ metric, value }) => [metric["workload"] ?? "", Number(value[1])]),
  );
}

describe("container metrics from the Docker engine, opted in", { concurrency: 1 }, () => {
  const from = Date.now() / 1000;

  before(async () => {
    const group = (await succeeds(run("sh", ["-c", commandOfGroup()]))).trim();
    assert.match(group, /^\d+$/);
    stack.declare(settings(group));
    await succeeds(stack.whalewatch("up", "--yes"));
  });

  after(() => stack.remove());

  test("the collector's target is up", async () => {
    await eventually(SECONDS_TO_MEASURE, async () => {
      const query = `label_replace(up{job="${COLLECTOR}"}, "workload", "$1", "job", "(.+)")`;
      assert.deepEqual(await byWorkload(query), new Map([[COLLECTOR, 1]]));
    });
  });

  test("every workload of this stack and no other is measured: memory, CPU, networks, restarts", async () => {
    const measures = await eventually(SECONDS_TO_MEASURE, async () => {
      const found = await Promise.all(MEASURES.map((name) => byWorkload(`workload:${name}`)));
      for (const values of found) assert.deepEqual([...values.keys()].sort(), workloads);
      const [memory, cpu] = found;
      assert.ok(memory && cpu);
      // Two figures that are alike are a rate of none: it takes a third.
      for (const [workload, cores] of cpu) assert.ok(cores > 0, `${workload}: ${cores} cores`);
      return { memory, cpu };
    });
    for (const [workload, bytes] of measures.memory) {
      assert.ok(bytes > MEBIBYTE && bytes < 256 * MEBIBYTE, `${workload}: ${bytes} bytes`);
      const cores = measures.cpu.get(workload) ?? 0;
      assert.ok(cores < 1, `${workload}: ${cores} cores`);
      console.log(`${workload}: ${Math.round(bytes / MEBIBYTE)} MiB, ${cores.toFixed(4)} cores`);
    }
  });

  test("a container that uses up its CPU is seen waiting for it", async () => {
    const spin = "const end = Date.now() + 8000; while (Date.now() < end);";
    await stack.execute("api", "node", "-e", spin);
    await eventually(SECONDS_TO_MEASURE, async () => {
      const throttled = await byWorkload("workload:cpu_throttled:ratio_rate5m");
      assert.ok((throttled.get("api") ?? 0) > 0.1, JSON.stringify([...throttled]));
    });
  });

  test("every panel of the dashboard Containers shows data", async () => {
    const declared = declareStack({
      services: { api: serviceSettings() },
      exporters: { containers: { enabled: true, socketGroup: 1 } },
    });
    const queries = containersDashboards(declared).flatMap((dashboard) =>
      panelsOf(Tree.of(dashboard)).flatMap((panel) =>
        panel.at("targets").list.map((target) => ({
          dashboard: dashboard.uid,
          panel: panel.at("title").text,
          expr: target.at("expr").text,
        })),
      ),
    );
    assert.equal(queries.length, 7);
    await eventually(SECONDS_TO_MEASURE, async () => {
      const answers = await Promise.all(queries.map((query) => hasData(PROMETHEUS, query, from)));
      const empty = queries.filter((_, index) => answers[index] !== true);
      assert.deepEqual(
        empty.map(({ panel }) => panel),
        [],
      );
    });
  });
});
