import { z } from "zod";
import type { Limits } from "../limits";
import { Cpu } from "../units/cpu";
import { Duration } from "../units/duration";
import { Size } from "../units/size";
import { TimeOfDay } from "../units/time-of-day";
import { limitsField, timeOfDayField, wholeNumberField } from "./fields";
import { mapping, storage } from "./program-fields";

const PERIODS = ["1h", "2h", "3h", "4h", "6h", "8h", "12h", "1d"] as const;
/** pg_dump streams: its memory is the schema's, whatever the size of the data. */
const LIMITS: Limits = { memory: Size.parse("128Mi"), cpu: Cpu.parse("0.5") };

const scheduleSchema = mapping(
  {
    every: z
      .enum(PERIODS, { error: PERIODS.join(", ") })
      .default("1d")
      .transform((text) => Duration.parse(text))
      .meta({ description: "How often; what ends less often is alerted on." }),
    at: timeOfDayField
      .default(TimeOfDay.parse("02:30"))
      .meta({ description: "One of the times at which it runs, in UTC." }),
  },
  "When backups are made.",
);

/** Backups of the stack's own PostgreSQL. Present only when the stack file has this section. */
export const backupSchema = mapping(
  {
    schedule: scheduleSchema.prefault({}),
    keep: wholeNumberField(1, 1000)
      .default(7)
      .meta({ description: "How many finished backups are kept; older ones go after a new one." }),
    storage: storage("20Gi"),
    limits: limitsField.default(LIMITS),
  },
  "Dumps of every database on a schedule, checked, to a volume apart from the data; off if absent.",
);
