import assert from "node:assert/strict";
import { test } from "node:test";
import { kubectl, type Pod, pods } from "../../support/cluster";
import { run } from "../../support/command";
import { Keepsakes } from "../../support/keepsakes";
import type { ProdStack } from "../../support/prod-stack";
import { type ScrapeGap, scrapeGaps } from "../../support/scrape-gaps";

/** What becomes of the stack when pods and nodes go. */
export function healing(stack: ProdStack): void {
  let keepsakes: Keepsakes;

  test("heals when each pod in turn is deleted, keeps its data, and goes on scraping the others", async () => {
    const interval = Math.max(...stack.plan.targets.map(({ intervalSeconds }) => intervalSeconds));
    const table: { deleted: string; "ready again (s)": number; gap: string }[] = [];
    const tooLong: string[] = [];
    await stack.everyTargetUp(120);
    keepsakes = await Keepsakes.leave();
    const each = (await stack.ready(120)).filter(({ workload }) => stack.replicas.has(workload));
    for (const pod of each) {
      const since = Date.now() / 1000;
      await kubectl("delete", "pod", "-n", pod.namespace, pod.name, "--wait=true");
      await stack.ready(120);
      const seconds = Math.round(Date.now() / 1000 - since);
      await stack.everyTargetUp(120);
      const present = await pods();
      const others = (await scrapeGaps(since - interval)).filter(
        (gap) => !isOf(pod, gap) && isPresent(present, gap),
      );
      const [longest] = others.sort((a, b) => b.seconds - a.seconds);
      assert.ok(longest, "no other target was scraped");
      const gap = `${longest.seconds.toFixed(1)} s (${longest.job} at ${longest.instance})`;
      table.push({ deleted: pod.name, "ready again (s)": seconds, gap });
      // A scrape begins up to a tenth of a second late where two start at once on a busy machine.
      if (longest.seconds > 2 * interval + 1) tooLong.push(`${pod.name}: ${gap}`);
    }
    console.table(table);
    const declared = [...stack.replicas.values()].reduce((sum, count) => sum + count, 0);
    assert.equal(table.length, declared);
    await keepsakes.areThere();
    assert.deepEqual(tooLong, [], `no other target misses more than two scrapes of ${interval} s`);
  });

  test("lets go of its node but for the last of each pair, and comes back", async () => {
    const node = (await kubectl("get", "nodes", "-o", "name")).trim();
    const pairs = [...stack.replicas].filter(([, count]) => count > 1).map(([name]) => name);
    const earlier = new Map((await pods()).map(({ uid, workload }) => [uid, workload]));
    // The one node has no other to move to, so a drain cannot end while a budget keeps one of two.
    const args = ["--ignore-daemonsets", "--delete-emptydir-data", "--timeout=30s"];
    const drained = await run("kubectl", ["drain", node, ...args]);
    assert.match(drained.output, /violate the pod's disruption budget/);
    const stayed = (await pods()).filter(({ uid }) => earlier.has(uid));
    await kubectl("uncordon", node);
    // A service that has lost its database is not ready, and what is not ready may go.
    const left = stayed.map(({ workload }) => workload).sort();
    const services = pairs.filter((pair) => !["alertmanager", "prometheus"].includes(pair));
    assert.deepEqual(
      left.filter((workload) => !services.includes(workload)),
      ["alertmanager", "node-exporter", "prometheus"],
    );
    assert.equal(new Set(left).size, left.length, "one of each pair at most");
    await stack.ready(180);
    await keepsakes.areThere();
    await stack.everyTargetUp(120);
  });
}

/** What is found by address has one of its own in each pod; anything else has its name for all of them. */
const byAddress = ({ instance }: ScrapeGap): boolean => /^\d/.test(instance);

const hasAddress = (pod: Pod, { instance }: ScrapeGap): boolean =>
  instance.startsWith(`${pod.address}:`);

const isOf = (pod: Pod, gap: ScrapeGap): boolean =>
  byAddress(gap) ? hasAddress(pod, gap) : gap.job === pod.workload;

/** Pods that were deleted before this one are no targets any more. */
const isPresent = (present: readonly Pod[], gap: ScrapeGap): boolean =>
  !byAddress(gap) || present.some((pod) => hasAddress(pod, gap));
