import { z } from "zod";
import { alertRulesSchema } from "./alert-rules";
import { section } from "./program-fields";

const RUNBOOK_URL_ALLOWED =
  "a URL of a folder, such as https://git.example.com/infra/docs/runbooks";

/** What fires, from where on, and what to do about it. */
export const alertsSchema = section(
  {
    rules: alertRulesSchema,
    runbookUrl: z
      .string({ error: RUNBOOK_URL_ALLOWED })
      .regex(/^https?:\/\/[^\s?#]+$/, RUNBOOK_URL_ALLOWED)
      .optional()
      .meta({
        description:
          "Where your own runbooks are, one NAME.md for each alert; default the provisioned ones, in Grafana.",
      }),
  },
  "Alerts: thresholds, and where runbooks are.",
);
