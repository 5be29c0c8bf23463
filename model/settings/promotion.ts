import { Duration } from "../units/duration";
import { durationField } from "./fields";
import { section } from "./program-fields";

/** How images come to this environment from another one. */
export const promotionSchema = section(
  {
    soak: durationField.default(Duration.parse("24h")).meta({
      description:
        "How long an image must have run in the other environment before it is promoted to this one.",
    }),
  },
  "What promote asks of images that come to this environment.",
);
