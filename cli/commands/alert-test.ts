import path from "node:path";
import { DEAD_MANS_SWITCH } from "../../model/alert-routing";
import type { Stack } from "../../model/stack";
import { ALERTMANAGER, ALERTMANAGER_PORT } from "../../model/workloads/alertmanager";
import { AlertmanagerApi } from "../alerts/alertmanager-api";
import { type Patience, testReceivers, type TestResult } from "../alerts/test-receivers";
import { checkedStack } from "../checked-stack";
import { openPlatform } from "../platforms/open-platform";
import type { PlatformAccess } from "../platforms/platform-access";
import { STATE_FOLDER } from "../pulumi/local-backend";
import { readStackFile } from "../stack-file";
import { UserError } from "../user-error";

/** Options of `whalewatch alert test`. */
export interface AlertTestOptions {
  readonly stack: string;
}

/**
 * Sends a real alert to one receiver, or to each, through the running Alertmanager, and says what
 * came of it.
 * @throws UserError when there is no such receiver, no Alertmanager, or it did not arrive.
 */
export async function alertTest(
  directory: string,
  receiver: string | undefined,
  options: AlertTestOptions,
): Promise<void> {
  const stack = checkedStack(readStackFile(directory, options.stack));
  const chosen = chosenReceivers(stack, receiver);
  const platform = await openPlatform(stack, path.join(directory, STATE_FOLDER));
  await testThrough(stack, chosen, platform, (line) => console.log(line));
}

/** The receivers to test: one by its name, or each, the heartbeat's too. */
export function chosenReceivers(
  { name, settings }: Pick<Stack, "name" | "settings">,
  receiver?: string,
): string[] {
  const { receivers, deadMansSwitch } = settings.alerts;
  if (settings.prometheus.mode === "operator") {
    throw new UserError(
      "With prometheus.mode: operator the cluster's own Alertmanager tells people, and this command reaches none but the stack's. docs/past-one-machine.md has the command that tests it.",
    );
  }
  const known = [...Object.keys(receivers), ...(deadMansSwitch ? [DEAD_MANS_SWITCH] : [])];
  if (known.length === 0) {
    throw new UserError(
      `Pulumi.${name}.yaml has no receivers. Declare one in whalewatch:alerts.receivers; docs/alerting.md shows how.`,
    );
  }
  if (receiver !== undefined && !known.includes(receiver)) {
    throw new UserError(`There is no receiver ${receiver}. There are: ${known.join(", ")}.`);
  }
  return receiver === undefined ? known : [receiver];
}

/** Reaches what runs, tests, and tells. */
export async function testThrough(
  stack: Stack,
  receivers: readonly string[],
  platform: Pick<PlatformAccess, "reach">,
  say: (line: string) => void,
  patience?: Patience,
): Promise<void> {
  const ways = await platform.reach(ALERTMANAGER, ALERTMANAGER_PORT);
  try {
    const running = ways.map(({ url, log }) => ({ api: new AlertmanagerApi(url), log }));
    await checkKnown(stack, receivers, running);
    const results = await testReceivers(stack, receivers, running, patience);
    results.forEach((result) => say(describe(result)));
    const failed = results.filter(({ arrived }) => !arrived).length;
    if (failed > 0) {
      throw new UserError(
        `${failed} of ${results.length} ${results.length === 1 ? "receiver" : "receivers"} did not get the test alert.`,
      );
    }
  } finally {
    ways.forEach(({ close }) => close());
  }
}

/** What runs may be older than the stack file. */
async function checkKnown(
  { name }: Pick<Stack, "name">,
  receivers: readonly string[],
  running: readonly { readonly api: AlertmanagerApi }[],
): Promise<void> {
  for (const { api } of running) {
    const known = await api.receivers();
    const unknown = receivers.filter((receiver) => !known.includes(receiver));
    if (unknown.length > 0) {
      throw new UserError(
        `The running Alertmanager does not know ${unknown.join(", ")} yet: run up --stack ${name} first.`,
      );
    }
  }
}

function describe(result: TestResult): string {
  const { receiver } = result;
  return result.arrived
    ? `${receiver}: arrived after ${result.seconds.toFixed(1)} s`
    : `${receiver}: did not arrive: ${result.reason}\n  ${result.remedy}`;
}
