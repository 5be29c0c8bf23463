import type { OperatorAlertingSpec } from "../../../model/operator-alerting";
import type { OperatorMonitor, OperatorRules, Relabeling } from "../../../model/operator";

/** The part of a ServiceMonitor that is used (Prometheus operator, API reference). */
export interface ServiceMonitor {
  readonly spec: {
    readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
    readonly endpoints: readonly (OperatorMonitor["endpoint"] & { readonly port: string })[];
    readonly sampleLimit: number;
    readonly fallbackScrapeProtocol?: string;
  };
}

/** The part of a Probe that is used. */
export interface Probe {
  readonly spec: {
    readonly jobName: string;
    readonly prober: { readonly url: string; readonly path: string };
    readonly module: string;
    readonly interval: string;
    readonly scrapeTimeout?: string;
    readonly sampleLimit: number;
    readonly targets: {
      readonly staticConfig: {
        readonly static: readonly string[];
        readonly labels: Readonly<Record<string, string>>;
        readonly relabelingConfigs: readonly Relabeling[];
      };
    };
  };
}

/** The part of a PrometheusRule that is used. */
export interface PrometheusRule {
  readonly spec: { readonly groups: readonly OperatorRules[] };
}

/** The part of an AlertmanagerConfig that is used. */
export interface AlertmanagerConfig {
  readonly spec: OperatorAlertingSpec;
}
