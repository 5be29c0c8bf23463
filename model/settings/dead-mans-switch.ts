import { Duration } from "../units/duration";
import { durationField, secretNameField } from "./fields";
import { mapping } from "./program-fields";

/** The heartbeat for somebody outside. */
export const deadMansSwitchSchema = mapping(
  {
    secret: secretNameField.meta({
      description: "The stack secret with the URL that is called for as long as all is well.",
    }),
    every: durationField.default(Duration.parse("2m")).meta({
      description: "How often; whoever is called should complain after a few times that long.",
    }),
  },
  "A heartbeat for somebody outside, who complains when it stops: then alerts do not arrive.",
);
