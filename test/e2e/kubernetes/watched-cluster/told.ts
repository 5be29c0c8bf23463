import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type ActiveAlert, activeAlerts } from "../support/active-alerts";
import { eventually, succeeds } from "../support/command";
import { PortForward } from "../support/port-forward";
import { ProdStack } from "../support/prod-stack";
import {
  CLUSTER_FAULTS,
  type ClusterFault,
  IMPOSSIBLE_FAULTS,
  RESTARTS,
  SCRAPE_SECONDS,
} from "./alerts/cluster-faults";

const SECONDS_TO_FIRE = 120;
/** What is taken back is told after the next group interval. */
const SECONDS_TO_RESOLVE = 180;

const stack = new ProdStack();
const is = ({ name, labels }: ActiveAlert, fault: ClusterFault): boolean =>
  name === fault.alert &&
  Object.entries(fault.labels).every(([label, value]) => labels[label] === value);

describe("what goes wrong in a cluster is told", { concurrency: 1 }, () => {
  let alertmanager: PortForward;

  before(async () => {
    stack.set(["whalewatch:prometheus", "scrapeInterval"], `${SCRAPE_SECONDS}s`);
    // What each waits by default is tested with promtool; here it would only take time.
    for (const alert of ["ServiceDown", "PostgresDown", "RedisDown"]) {
      stack.set(["whalewatch:alerts", "rules", alert], { for: "15s" });
    }
    stack.set(["whalewatch:alerts", "rules", "ServiceRestarting"], { threshold: RESTARTS });
    await stack.prepare();
    await succeeds(stack.up());
    await stack.ready(60);
    await stack.everyTargetUp(60);
    alertmanager = await PortForward.open("alertmanager", 9093);
  });

  after(async () => {
    await alertmanager.close();
    await stack.remove();
  });

  test("one alert for each fault, and none for what follows from it", async (context) => {
    const times: Record<string, string | number>[] = [];
    for (const fault of CLUSTER_FAULTS) {
      await context.test(fault.name, async () => {
        const from = Date.now();
        const since = (): number => Math.round((Date.now() - from) / 1000);
        await fault.provoke();
        let fires: number;
        try {
          await eventually(SECONDS_TO_FIRE, async () => {
            const active = await activeAlerts(alertmanager.url);
            assert.ok(
              active.some((alert) => is(alert, fault)),
              `${fault.alert} is not active`,
            );
          });
          fires = since();
          await quietOtherwise(fault);
        } finally {
          await fault.heal?.();
        }
        const healed = since();
        if (fault.heal !== undefined) await over(fault);
        times.push({
          fault: fault.name,
          alert: fault.alert,
          "active after (s)": fires,
          "over after (s)": fault.heal === undefined ? "15 min" : since() - healed,
        });
      });
    }
    console.table(times);
    for (const why of IMPOSSIBLE_FAULTS) console.log(`not provoked: ${why}`);
  });

  /** Whoever is woken is woken once: for as long as others could take to fire, none does. */
  async function quietOtherwise(fault: ClusterFault): Promise<void> {
    const end = Date.now() + 30_000;
    while (Date.now() < end) {
      const active = await activeAlerts(alertmanager.url);
      const others = active.filter((alert) => alert.severity === "critical" && !is(alert, fault));
      assert.deepEqual(
        others.map(({ name, labels }) => `${name} ${labels["service"] ?? ""}`),
        [],
      );
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }

  /** The alert is taken back, and everything is as it was. */
  async function over(fault: ClusterFault): Promise<void> {
    await eventually(SECONDS_TO_RESOLVE, async () => {
      const active = await activeAlerts(alertmanager.url);
      assert.ok(!active.some((alert) => is(alert, fault)), `${fault.alert} is still active`);
    });
    await stack.ready(60);
    await stack.everyTargetUp(60);
  }
});
