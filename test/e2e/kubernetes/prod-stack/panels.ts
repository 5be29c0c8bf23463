import assert from "node:assert/strict";
import { test } from "node:test";
import { RUNBOOKS_UID } from "../../../../dashboards/runbook-panel";
import { CLUSTER_STACK } from "../../support/cluster";
import { eventually, succeeds, whalewatch } from "../../support/command";
import { ModelTraffic } from "../../support/model-traffic";
import { hasData, type PanelQuery, panelQueries } from "../../support/panels";
import { PortForward, throughPort } from "../../support/port-forward";
import type { ProdStack } from "../../support/prod-stack";

const SECONDS_TO_FILL = 180;
const SERVICES = ["efficientnet-v1", "efficientnet-v2", "resnet-v1"];

const NO_VOLUME_STATS = "the lab's kubelet has no kubelet_volume_stats_… among its metrics";
/** Panels that stay empty here, by dashboard and title, and why. */
const EMPTY_IN_THE_LAB: ReadonlyMap<string, string> = new Map([
  ["Kubernetes, Volumes used", NO_VOLUME_STATS],
  ["Kubernetes, Files used", NO_VOLUME_STATS],
]);
const titled = ({ dashboard, panel }: PanelQuery): string => `${dashboard}, ${panel}`;

/** Every dashboard that Grafana has, with the data that Prometheus has for it. */
export function panels(stack: ProdStack): void {
  test("every panel of every dashboard shows data once its services are asked", async () => {
    const password = (await succeeds(whalewatch(["password", "--stack", CLUSTER_STACK]))).trim();
    const queries = await throughPort("grafana", 3000, (url) =>
      panelQueries(url, `admin:${password}`),
    );
    const asking = stack.plan.dashboards.filter(({ uid }) => uid !== RUNBOOKS_UID);
    assert.deepEqual(
      [...new Set(queries.map(({ dashboard }) => dashboard))].sort(),
      asking.map(({ title }) => title).sort(),
    );
    const expected = queries.filter((query) => !EMPTY_IN_THE_LAB.has(titled(query)));
    const from = Date.now() / 1000;
    const services = await Promise.all(SERVICES.map((name) => PortForward.open(name, 8000)));
    const traffic = new ModelTraffic(services.map(({ url }) => url));
    try {
      let left: readonly PanelQuery[] = expected;
      await throughPort("prometheus", 9090, (prometheus) =>
        eventually(SECONDS_TO_FILL, async () => {
          const empty: PanelQuery[] = [];
          for (const query of left) {
            if (!(await hasData(prometheus, query, from))) empty.push(query);
          }
          left = empty;
          assert.deepEqual(
            left.map((query) => `${titled(query)}: ${query.expr}`),
            [],
          );
        }),
      );
    } finally {
      await traffic.stop().finally(() => Promise.all(services.map((each) => each.close())));
    }
    const seconds = Math.round(Date.now() / 1000 - from);
    console.log(
      `${queries.length} queries of panels have data ${seconds} s after the first request`,
    );
  });
}
