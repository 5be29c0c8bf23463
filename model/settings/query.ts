import { z } from "zod";
import { secretNameField } from "./fields";
import { cidrField } from "./outside-fields";
import { mapping } from "./program-fields";

const URL_ALLOWED = "a URL such as https://mimir.example.com/prometheus";
const HEADER_ALLOWED = "a header's name, such as X-Scope-OrgID";
const text = (allowed: string) => z.string({ error: allowed }).regex(/^[\x20-\x7e]+$/, allowed);

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
    secret: secretNameField.optional().meta({
      description: "The stack secret with its token, or with the password of `username`.",
    }),
    username: text("text without line breaks")
      .optional()
      .meta({ description: "Logs in by user and password instead of by a bearer token." }),
    headers: z
      .record(
        z.string({ error: HEADER_ALLOWED }).regex(/^[A-Za-z0-9-]+$/, HEADER_ALLOWED),
        text("a header's value, in one line"),
        { error: "a mapping of header names to values" },
      )
      .optional()
      .meta({ description: "Further headers, such as the tenant; a secret belongs in `secret`." }),
    cidr: cidrField.optional(),
  },
  "A store or Prometheus that answers for all series: Mimir, Thanos, VictoriaMetrics, the cluster's own.",
);

/** The same with defaults filled in. */
export type QuerySettings = z.output<typeof querySchema>;
