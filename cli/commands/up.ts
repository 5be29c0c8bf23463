import Table from "cli-table3";
import { z } from "zod";
import type { Stack } from "../../model/stack";
import { COMPACT } from "../plan/print-plan";
import type { RunningWorkload, UpdateOptions } from "../platforms/platform-access";
import { letGo } from "../pulumi/let-go";
import { runStackProgram } from "../run-stack-program";
import { WITH_POLICIES } from "../pulumi/with-policies";
import { readStackFile } from "../stack-file";
import { openSession } from "./session";

/** Options of `whalewatch up`. */
export interface UpOptions extends UpdateOptions {
  readonly stack: string;
  /** Do not ask before changing anything. */
  readonly yes?: boolean;
  /** Look at what is there before, so that what was changed by hand is put back. */
  readonly refresh?: boolean;
  /** URNs of what to make anew. */
  readonly replace?: readonly string[];
  /** Let go of data and passwords that are no longer declared, without asking. */
  readonly letGo?: boolean;
}

const urlsSchema = z.record(z.string(), z.string());

/**
 * Brings a stack up with the Pulumi CLI and says where everything is.
 * @throws UserError with all that is in the way, before anything was changed.
 */
export async function up(directory: string, options: UpOptions): Promise<void> {
  const { stack, platform, pulumi, state } = await openSession(
    directory,
    options.stack,
    (place) => place.checkUpdate(),
    async (place) => {
      for (const warning of await place.warnings(options)) console.error(`WARNING: ${warning}\n`);
    },
  );
  if (state.resources.some(({ protect }) => protect)) {
    const { resources } = await runStackProgram(readStackFile(directory, stack.name));
    await letGo({
      pulumi,
      stack: stack.name,
      state,
      declared: new Set(resources.map(({ urn }) => urn)),
      agreed: options.letGo === true,
      unattended: options.yes === true,
    });
  }
  const watch = await platform.watchUpdate((problem) => console.error(`\n! ${problem}`));
  try {
    await pulumi.run(["up", "--stack", stack.name, ...updateFlags(options)], {
      signal: watch.hopeless,
    });
    console.log(describeRunning(await platform.running(), watch.secondsToWell, platform.wellWord));
    const output = pulumi.read(["stack", "output", "urls", "--json", "--stack", stack.name]);
    console.log(describeAccess(stack, urlsSchema.parse(JSON.parse(output))));
  } finally {
    watch.end();
  }
}

function updateFlags({ yes, refresh, replace = [] }: UpOptions): string[] {
  return [
    ...WITH_POLICIES,
    ...(yes === true ? ["--yes"] : []),
    ...(refresh === true ? ["--refresh"] : []),
    ...replace.flatMap((urn) => ["--replace", urn]),
  ];
}

/** A line for each that runs. */
export function describeRunning(
  running: readonly RunningWorkload[],
  secondsToWell: ReadonlyMap<string, number>,
  wellWord: string,
): string {
  const table = new Table({
    head: ["workload", "state", `seconds to ${wellWord}`, "memory MiB", "limit MiB"],
    colAligns: ["left", "left", "right", "right", "right"],
    ...COMPACT,
  });
  for (const { workload, state, memoryMiB, limitMiB } of running) {
    const seconds = secondsToWell.get(workload)?.toFixed(1) ?? "ran already";
    const memory = memoryMiB?.toFixed(0) ?? "not measured";
    table.push([workload, state, seconds, memory, limitMiB?.toFixed(0) ?? "none"]);
  }
  return table.toString();
}

/** Addresses, in the order of the workloads, and where the passwords are. */
export function describeAccess(
  { name, workloads }: Pick<Stack, "name" | "workloads">,
  urls: Readonly<Record<string, string>>,
): string {
  const addresses = workloads.flatMap((workload) => {
    const url = urls[workload.name];
    return url === undefined ? [] : [`  ${workload.name.padEnd(18)} ${url}`];
  });
  const hasGrafana = workloads.some((workload) => workload.name === "grafana");
  return [
    "Open:",
    ...addresses,
    ...(hasGrafana
      ? [`Grafana's user is admin; its password: npm run password -- --stack ${name}`]
      : []),
  ].join("\n");
}
