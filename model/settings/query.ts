import { z } from "zod";
import { httpAccessFields } from "./http-access";
import { mapping } from "./program-fields";

const URL_ALLOWED = "a URL such as https://mimir.example.com/prometheus";

/** Where Grafana asks in place of the stack's own Prometheus. */
export const querySchema = mapping(
  {
    url: z
      .string({ error: URL_ALLOWED })
      .regex(/^https?:\/\/[^\s@?#]+$/, URL_ALLOWED)
      .meta({
        description:
          "Where it answers Prometheus' query API; https unless it is in the cluster (NAME.NAMESPACE.svc).",
      }),
    ...httpAccessFields,
  },
  "A store or Prometheus that answers for all series: Mimir, Thanos, VictoriaMetrics, the cluster's own.",
);

/** The same with defaults filled in. */
export type QuerySettings = z.output<typeof querySchema>;
