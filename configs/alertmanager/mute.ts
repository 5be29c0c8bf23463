import { type MuteSettings, WEEKDAYS } from "../../model/settings/mute";

const END_OF_DAY = "24:00";
const START_OF_DAY = "00:00";

/** A named stretch of time as Alertmanager has it: any of its entries holds. */
export interface TimeInterval {
  readonly name: string;
  readonly time_intervals: readonly {
    readonly times?: readonly { readonly start_time: string; readonly end_time: string }[];
    readonly weekdays?: readonly string[];
    readonly months?: readonly string[];
    readonly location: string;
  }[];
}

/** A mute time: a span past midnight becomes two, of which the second is on the day after. */
export function timeInterval(name: string, mute: MuteSettings): TimeInterval {
  const { times, weekdays, months, location } = mute;
  const common = { ...(months && { months }), location };
  if (times === undefined) {
    return { name, time_intervals: [{ ...(weekdays && { weekdays }), ...common }] };
  }
  const spans = times.map((span) => ({ start: span.slice(0, 5), end: span.slice(6) }));
  const entries = spans.flatMap(({ start, end }) =>
    start < end
      ? [{ start, end, days: weekdays }]
      : [
          { start, end: END_OF_DAY, days: weekdays },
          ...(end === START_OF_DAY
            ? []
            : [{ start: START_OF_DAY, end, days: weekdays?.map(dayAfter) }]),
        ],
  );
  return {
    name,
    time_intervals: entries.map(({ start, end, days }) => ({
      times: [{ start_time: start, end_time: end }],
      ...(days && { weekdays: days }),
      ...common,
    })),
  };
}

type Weekday = (typeof WEEKDAYS)[number];

function dayAfter(day: Weekday): Weekday {
  return WEEKDAYS[(WEEKDAYS.indexOf(day) + 1) % WEEKDAYS.length] ?? day;
}
