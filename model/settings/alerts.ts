import { z } from "zod";
import { routesSchema } from "./alert-routes";
import { alertRulesSchema } from "./alert-rules";
import { deadMansSwitchSchema } from "./dead-mans-switch";
import { muteSchema } from "./mute";
import { section } from "./program-fields";
import { receiversSchema } from "./receivers";

const RUNBOOK_URL_ALLOWED =
  "a URL of a folder, such as https://git.example.com/infra/docs/runbooks";

/** What fires, from where on, what to do about it, and who is told. */
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
    receivers: receiversSchema,
    routes: routesSchema,
    mute: muteSchema,
    deadMansSwitch: deadMansSwitchSchema.optional(),
  },
  "Alerts: thresholds, runbooks, and who is told of what and when.",
);
