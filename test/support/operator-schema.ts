import { z } from "zod";
import { alertmanagerConfig } from "./alertmanager-config-schema";

/**
 * The documented fields of the operator's kinds, as far as they are in use (Prometheus operator, API
 * reference, version 0.81 and newer), and what its admission and its controller check beside. Strict: what is not known here is a fault.
 */
const text = z.string().min(1);
const labels = z.record(text, z.string());
const duration = z.string().regex(/^(?:\d+(?:ms|[smhdwy]))+$/);
const relabeling = z.strictObject({
  sourceLabels: z.array(z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/)).optional(),
  separator: z.string().optional(),
  targetLabel: text.optional(),
  regex: z.string().optional(),
  replacement: z.string().optional(),
  action: z.enum(["replace", "keep", "drop", "labeldrop", "labelkeep", "labelmap"]).optional(),
});
const metadata = z.strictObject({ name: text, namespace: text, labels });
const sampleLimit = z.int().positive();

const serviceMonitor = z.strictObject({
  selector: z.strictObject({ matchLabels: labels }),
  endpoints: z
    .array(
      z.strictObject({
        port: text,
        path: z.string().startsWith("/"),
        interval: duration,
        scrapeTimeout: duration,
        relabelings: z.array(relabeling),
        metricRelabelings: z.array(relabeling).optional(),
      }),
    )
    .min(1),
  sampleLimit,
  fallbackScrapeProtocol: z.enum(["PrometheusText0.0.4"]).optional(),
});

const probe = z.strictObject({
  jobName: text,
  // Without a scheme: it is a field of its own.
  prober: z.strictObject({ url: z.string().regex(/^[a-z0-9.-]+:\d+$/), path: text }),
  module: text,
  interval: duration,
  scrapeTimeout: duration.optional(),
  sampleLimit,
  targets: z.strictObject({
    staticConfig: z.strictObject({
      static: z.array(text).min(1),
      labels,
      relabelingConfigs: z.array(relabeling),
    }),
  }),
});

const common = { expr: text, labels };
const rule = z.union([
  z.strictObject({ ...common, alert: text, for: duration.optional(), annotations: labels }),
  z.strictObject({ ...common, record: text }),
]);
const prometheusRule = z.strictObject({
  groups: z.array(z.strictObject({ name: text, interval: duration, rules: z.array(rule).min(1) })),
});

const V1 = "monitoring.coreos.com/v1";

/** The schema of each kind, by its name. */
export const OPERATOR_KINDS: ReadonlyMap<string, z.ZodType> = new Map(
  Object.entries({
    ServiceMonitor: { spec: serviceMonitor, version: V1 },
    Probe: { spec: probe, version: V1 },
    PrometheusRule: { spec: prometheusRule, version: V1 },
    AlertmanagerConfig: { spec: alertmanagerConfig, version: `${V1}alpha1` },
  }).map(([kind, { spec, version }]) => [
    kind,
    z.strictObject({
      kind: z.literal(kind),
      apiVersion: z.literal(version),
      metadata,
      spec,
    }),
  ]),
);
