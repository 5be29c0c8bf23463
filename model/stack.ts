import type { Settings } from "./settings/schema";
import type { OutsideProbe } from "./outside-probes";
import type { Probe, ScrapeTarget } from "./targets";
import type { Workload } from "./workload";
import { BLACKBOX_EXPORTER } from "./workloads/blackbox-exporter";
import { POSTGRES } from "./workloads/postgres";

/** Everything one environment runs, resolved from its settings; plain data. */
export interface Stack {
  /** The Pulumi project. */
  readonly project: string;
  /** The Pulumi stack: the environment. */
  readonly name: string;
  readonly settings: Settings;
  /** In the order in which they can start. */
  readonly workloads: readonly Workload[];
  readonly targets: readonly ScrapeTarget[];
  readonly probes: readonly Probe[];
  /** What is asked beyond the stack itself. */
  readonly outsideProbes: readonly OutsideProbe[];
  /** Present where this is only what one shard of Prometheus knows: which it is, and of what. */
  readonly view?: { readonly shard: number; readonly whole: Stack };
}

/** The workload of this name, if the stack has it. */
export function findWorkload(stack: Stack, name: string): Workload | undefined {
  return stack.workloads.find((workload) => workload.name === name);
}

/**
 * The peers that must be healthy before a workload starts: what services and exporters connect to.
 * Monitors start at once, since watching what is down is their work; they wait only for the store
 * that keeps their own data.
 */
export function startsAfter(workload: Workload): readonly string[] {
  if (workload.role === "monitor") return workload.connects.filter((peer) => peer === POSTGRES);
  return workload.role === "service" || workload.role === "exporter"
    ? workload.connects.filter(() => workload.name !== BLACKBOX_EXPORTER)
    : [];
}
