import Table from "cli-table3";
import { COMPACT } from "../../../cli/plan/print-plan";
import type { Fault } from "./fault";

/** How long a fault's alert took, in seconds from when it was provoked; resolved: from when it was healed. */
export interface FaultTimes {
  readonly firing: number;
  readonly delivered: number;
  readonly resolved?: number;
}

/** The table that a live run ends with: a line for each fault, also for what this machine does not allow. */
export function faultTable(
  faults: readonly Fault[],
  times: ReadonlyMap<Fault, FaultTimes>,
): string {
  const table = new Table({
    head: ["fault", "alert", "s to firing", "s to delivery", "s to resolved"],
    ...COMPACT,
  });
  for (const fault of faults) {
    const { name, alert, impossible } = fault;
    const took = times.get(fault);
    const shown = (seconds: number | undefined): string =>
      impossible === undefined ? (seconds?.toFixed(0) ?? "never") : "SKIPPED";
    table.push([name, alert, shown(took?.firing), shown(took?.delivered), shown(took?.resolved)]);
  }
  return table.toString();
}
