import assert from "node:assert/strict";
import { test } from "node:test";
import { inPod, pods } from "../../support/cluster";
import { succeeds } from "../../support/command";
import type { ProdStack } from "../../support/prod-stack";

const SERVICE = "resnet-v1";
/** How long the service is asked; its update has to fall into it. */
const SECONDS = 60;
/** Asks by the service's name, each time by a new connection, and prints how many answers came. */
const ASK = `
  end=$(($(date +%s) + ${SECONDS})) answered=0 failed=0
  while [ $(date +%s) -lt $end ]; do
    if wget -q -T 2 -O /dev/null http://${SERVICE}:8000/live; then
      answered=$((answered + 1))
    else
      failed=$((failed + 1))
    fi
  done
  echo "$answered $failed"`;

const uids = async (): Promise<string[]> =>
  (await pods()).filter(({ workload }) => workload === SERVICE).map(({ uid }) => uid);

/** What clients see of an update. */
export function rolling(stack: ProdStack): void {
  test("replaces every pod of a service without a failed request", async () => {
    const earlier = await uids();
    const from = Date.now();
    const asked = inPod("prometheus", "sh", "-c", ASK);
    stack.set(["whalewatch:services", SERVICE, "env", "LOG_LEVEL"], "error");
    await succeeds(stack.up());
    await stack.ready(60);
    const seconds = Math.round((Date.now() - from) / 1000);
    assert.ok(seconds < SECONDS, `the update took ${seconds} s, longer than was asked`);
    const left = (await uids()).filter((uid) => earlier.includes(uid));
    assert.deepEqual(left, [], "a pod was not replaced");
    const [answered = 0, failed] = (await asked).trim().split(" ").map(Number);
    console.log(`${answered} answers during an update of ${seconds} s`);
    assert.ok(answered > SECONDS, `${answered} answers`);
    assert.equal(failed, 0);
  });
}
