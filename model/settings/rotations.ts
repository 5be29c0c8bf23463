import type { z } from "zod";
import { wholeNumberField } from "./fields";
import { section } from "./program-fields";

const count = wholeNumberField(0, 1_000_000).default(0).meta({
  description: "Counted up by `whalewatch rotate`, never by hand; 0 for the first passwords.",
});

/** How often the generated passwords of each program have been replaced. */
export const rotationsSchema = section(
  { postgres: count, redis: count, grafana: count },
  "How often generated passwords were replaced; written by `whalewatch rotate`.",
);

/** A program with generated passwords. */
export type Rotatable = keyof z.output<typeof rotationsSchema>;
