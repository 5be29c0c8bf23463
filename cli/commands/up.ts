import Table from "cli-table3";
import type { Stack } from "../../model/stack";
import { checkDockerEngine } from "../checks/docker-engine";
import { checkHostPorts } from "../checks/host-ports";
import { HealthWatch } from "../docker/health-watch";
import { runningWorkloads } from "../docker/running-workloads";
import { COMPACT } from "../plan/print-plan";
import { openSession, type Session } from "./session";

/** Options of `whalewatch up`. */
export interface UpOptions {
  readonly stack: string;
  /** Do not ask before changing anything. */
  readonly yes?: boolean;
}

/** Brings a stack up with the Pulumi CLI and says where everything is. */
export async function up(directory: string, options: UpOptions): Promise<void> {
  const session = await openSession(directory, options.stack, async (docker, stack) => [
    ...(await checkDockerEngine(docker, stack)),
    ...(await checkHostPorts(docker, stack)),
  ]);
  const { stack, docker, pulumi } = session;
  const watch = await HealthWatch.begin(docker, stack);
  try {
    await pulumi.run(["up", "--stack", stack.name, ...(options.yes === true ? ["--yes"] : [])]);
    console.log(await describeRunning(session, watch.secondsToHealthy));
    console.log(describeAccess(stack));
  } finally {
    watch.end();
  }
}

async function describeRunning(
  { docker, stack }: Session,
  secondsToHealthy: ReadonlyMap<string, number>,
): Promise<string> {
  const table = new Table({
    head: ["workload", "state", "seconds to healthy", "memory MiB", "limit MiB"],
    colAligns: ["left", "left", "right", "right", "right"],
    ...COMPACT,
  });
  for (const { workload, state, memoryMiB, limitMiB } of await runningWorkloads(docker, stack)) {
    const seconds = secondsToHealthy.get(workload)?.toFixed(1) ?? "ran already";
    table.push([workload, state, seconds, memoryMiB.toFixed(0), limitMiB.toFixed(0)]);
  }
  return table.toString();
}

/** Addresses, and where the passwords are. */
export function describeAccess({ name, workloads }: Stack): string {
  const urls = workloads.flatMap((workload) =>
    workload.ports.flatMap(({ publish }) =>
      publish ? [`  ${workload.name.padEnd(18)} http://${publish.address}:${publish.port}`] : [],
    ),
  );
  const hasGrafana = workloads.some((workload) => workload.name === "grafana");
  return [
    "Open:",
    ...urls,
    ...(hasGrafana
      ? [`Grafana's user is admin; its password: npm run password -- --stack ${name}`]
      : []),
  ].join("\n");
}
