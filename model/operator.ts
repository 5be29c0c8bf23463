import type { OperatorAlerting } from "./operator-alerting";
import type { Tier } from "./tiers";

/** A rewriting of labels, as the Prometheus operator's objects write it. */
export interface Relabeling {
  readonly sourceLabels?: readonly string[];
  readonly separator?: string;
  readonly targetLabel?: string;
  readonly regex?: string;
  readonly replacement?: string;
  readonly action?: string;
}

/** How a workload is scraped. */
export interface OperatorMonitor {
  readonly workload: string;
  /** The port that has the metrics. */
  readonly port: number;
  readonly endpoint: {
    readonly path: string;
    readonly interval: string;
    readonly scrapeTimeout: string;
    readonly relabelings: readonly Relabeling[];
    readonly metricRelabelings?: readonly Relabeling[];
  };
  readonly sampleLimit: number;
  readonly fallbackScrapeProtocol?: string;
}

/** How a workload, or something outside the stack, is asked through a prober. */
export interface OperatorProbe {
  /** The name of the object, among all probes. */
  readonly name: string;
  /** The workload that asks. */
  readonly prober: { readonly workload: string; readonly port: number; readonly path: string };
  readonly jobName: string;
  readonly module: string;
  readonly interval: string;
  /** Absent: that of the cluster's Prometheus. */
  readonly scrapeTimeout?: string;
  readonly sampleLimit: number;
  readonly url: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly relabelings: readonly Relabeling[];
}

/** A group of rules that are evaluated together. */
export interface OperatorRules {
  readonly name: string;
  readonly interval: string;
  readonly rules: readonly object[];
}

/** All that a stack hands to the Prometheus operator of its cluster; plain data, secrets by name. */
export interface OperatorObjects {
  /** What the selectors of the cluster's Prometheus ask for. */
  readonly labels: Readonly<Record<string, string>>;
  /** Where that stands which is about the whole stack. */
  readonly tier: Tier;
  readonly monitors: readonly OperatorMonitor[];
  readonly probes: readonly OperatorProbe[];
  readonly rules: readonly OperatorRules[];
  /** Absent: the routes of the cluster's own Alertmanager tell whom they like. */
  readonly alerting?: OperatorAlerting;
}
