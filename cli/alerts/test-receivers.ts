import { setTimeout as sleep } from "node:timers/promises";
import { TEST_LABEL, TEST_RUN_LABEL } from "../../model/alert-routing";
import type { StackIdentity } from "../../model/stack-identity";
import type { AlertmanagerApi, PostedAlert } from "./alertmanager-api";
import { failureReason } from "./failure-reason";
import {
  combine,
  NO_NOTIFICATIONS,
  notificationCounts,
  type NotificationCounts,
} from "./notification-counts";

/** One of the Alertmanagers that run. */
export interface RunningAlertmanager {
  readonly api: AlertmanagerApi;
  /** What it has logged since. */
  readonly log: (since: Date) => Promise<string>;
}

/** What came of a test alert at one receiver. */
export type TestResult =
  | { readonly receiver: string; readonly arrived: true; readonly seconds: number }
  | {
      readonly receiver: string;
      readonly arrived: false;
      readonly reason: string;
      readonly remedy: string;
    };

/** How long to wait. */
export interface Patience {
  /** @default longer than a failing receiver is tried */
  readonly withinMs?: number;
  /** @default 500 */
  readonly everyMs?: number;
}

/** The interval of the test's route bounds how long a receiver is tried; then some time to notice. */
const WITHIN_MS = 15_000;
/** The second of several Alertmanagers waits so long for the first to tell (`--cluster.peer-timeout`). */
const PEER_WAIT_MS = 15_000;
/** A test alert is over soon, so that what it opened is closed again. */
const OVER_AFTER_MS = 15_000;

/**
 * Sends each receiver a real alert through every running Alertmanager, as Prometheus does, and waits
 * for what their own metrics count of it.
 */
export async function testReceivers(
  { project, name }: StackIdentity,
  receivers: readonly string[],
  running: readonly RunningAlertmanager[],
  { withinMs = WITHIN_MS + (running.length - 1) * PEER_WAIT_MS, everyMs = 500 }: Patience = {},
): Promise<TestResult[]> {
  const before = await countAll(running, receivers);
  const start = new Date();
  const run = start.toISOString();
  const alerts = receivers.map((receiver) => testAlert({ project, name }, receiver, start, run));
  await Promise.all(running.map(({ api }) => api.post(alerts)));
  const arrived = new Map<string, number>();
  const failed = new Set<string>();
  for (;;) {
    const passed = Date.now() - start.getTime();
    const now = await countAll(running, receivers);
    for (const receiver of receivers) {
      const { requests, failedRequests, givenUp } = combine(
        now.get(receiver) ?? NO_NOTIFICATIONS,
        before.get(receiver) ?? NO_NOTIFICATIONS,
        -1,
      );
      if (requests > failedRequests && !arrived.has(receiver)) arrived.set(receiver, passed / 1000);
      if (givenUp > 0) failed.add(receiver);
    }
    if (receivers.every((one) => arrived.has(one) || failed.has(one)) || passed > withinMs) break;
    await sleep(everyMs);
  }
  const log = (await Promise.all(running.map((each) => each.log(start)))).join("\n");
  return receivers.map((receiver): TestResult => {
    const seconds = arrived.get(receiver);
    if (seconds !== undefined) return { receiver, arrived: true, seconds };
    const found = failureReason(log, receiver) ?? {
      reason: `Alertmanager did not try it within ${withinMs / 1000} s`,
      remedy: "Its configuration may be older than the stack file: run up, then this again.",
    };
    return { receiver, arrived: false, ...found };
  });
}

function testAlert(stack: StackIdentity, receiver: string, start: Date, run: string): PostedAlert {
  return {
    labels: {
      alertname: "WhalewatchTest",
      // Told like any other; nothing of a stack quiets it or is quieted by it.
      severity: "warning",
      project: stack.project,
      environment: stack.name,
      [TEST_LABEL]: receiver,
      [TEST_RUN_LABEL]: run,
    },
    annotations: {
      summary: "This is a test; nothing is wrong.",
      description: `Alerts of ${stack.project}/${stack.name} reach ${receiver}.`,
    },
    startsAt: start.toISOString(),
    endsAt: new Date(start.getTime() + OVER_AFTER_MS).toISOString(),
  };
}

async function countAll(
  running: readonly RunningAlertmanager[],
  receivers: readonly string[],
): Promise<ReadonlyMap<string, NotificationCounts>> {
  const expositions = await Promise.all(running.map(({ api }) => api.metrics()));
  return new Map(
    receivers.map((receiver) => [
      receiver,
      expositions
        .map((exposition) => notificationCounts(exposition, receiver))
        .reduce((sum, counts) => combine(sum, counts), NO_NOTIFICATIONS),
    ]),
  );
}
