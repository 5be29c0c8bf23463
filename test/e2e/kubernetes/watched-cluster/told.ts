import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type ActiveAlert, activeAlerts } from "../../support/active-alerts";
import { eventually } from "../../support/command";
import { PortForward } from "../../support/port-forward";
import type { ProdStack } from "../../support/prod-stack";
import { Traffic } from "../../support/traffic";
import { CLUSTER_FAULTS, type ClusterFault, FAULTY, IMPOSSIBLE_FAULTS } from "./cluster-faults";

const SECONDS_TO_FIRE = 180;
/** What is taken back is told after the next group interval. */
const SECONDS_TO_RESOLVE = 180;

const title = ({ name, labels }: ActiveAlert): string => `${name} ${labels["service"] ?? ""}`;
const is = ({ name, labels }: ActiveAlert, fault: ClusterFault): boolean =>
  name === fault.alert &&
  Object.entries(fault.labels).every(([label, value]) => labels[label] === value);

const secondsSince = (from: number): number => Math.round((Date.now() - from) / 1000);

/** What goes wrong in a cluster is told, and nothing else. */
export function told(stack: ProdStack): void {
  describe("what goes wrong is told", { concurrency: 1 }, () => {
    let alertmanager: PortForward;
    let faulty: PortForward;
    let traffic: Traffic;

    before(async () => {
      alertmanager = await PortForward.open("alertmanager", 9093);
      faulty = await PortForward.open(FAULTY.name, FAULTY.port);
      traffic = new Traffic([{ url: `${faulty.url}/` }]);
    });

    after(async () => {
      await traffic.stop();
      await faulty.close();
      await alertmanager.close();
    });

    test("one alert for each fault, and none for what follows from it", async (context) => {
      const table: object[] = [];
      for (const faults of CLUSTER_FAULTS) {
        await context.test(faults.map(({ name }) => name).join("; "), async () => {
          const earlier = (await activeAlerts(alertmanager.url)).map(title);
          let secondsToFire: readonly number[];
          try {
            secondsToFire = await Promise.all(faults.map(fires));
            await quietOtherwise(faults, earlier);
          } finally {
            for (const { heal } of faults) await heal?.();
          }
          const healed = Date.now();
          for (const [index, fault] of faults.entries()) {
            const { name, alert, lingers } = fault;
            if (lingers === undefined) await over(fault);
            table.push({
              ...{ fault: name, alert, "active after (s)": secondsToFire[index] },
              "over after (s)": lingers ?? secondsSince(healed),
            });
          }
        });
      }
      console.table(table);
      for (const why of IMPOSSIBLE_FAULTS) console.log(`not provoked: ${why}`);
    });

    /** Provokes a fault; the seconds until its alert is active. */
    async function fires(fault: ClusterFault): Promise<number> {
      const from = Date.now();
      await fault.provoke();
      await eventually(SECONDS_TO_FIRE, async () => {
        const active = await activeAlerts(alertmanager.url);
        assert.ok(
          active.some((alert) => is(alert, fault)),
          `${fault.alert} is not active`,
        );
      });
      return secondsSince(from);
    }

    /** Whoever is woken is woken once: for as long as others could take to fire, none does. */
    async function quietOtherwise(
      faults: readonly ClusterFault[],
      earlier: readonly string[],
    ): Promise<void> {
      const end = Date.now() + 30_000;
      while (Date.now() < end) {
        const active = await activeAlerts(alertmanager.url);
        const others = active.filter(
          (alert) =>
            alert.severity === "critical" &&
            !faults.some((fault) => is(alert, fault)) &&
            !earlier.includes(title(alert)),
        );
        assert.deepEqual(others.map(title), []);
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
}
