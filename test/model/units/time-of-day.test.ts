import assert from "node:assert/strict";
import { test } from "node:test";
import { TimeOfDay } from "../../../model/units/time-of-day";

for (const [text, seconds] of [
  ["00:00", 0],
  ["02:30", 9000],
  ["23:59", 86_340],
] as const) {
  test(`${text} is ${seconds} s after midnight`, () => {
    const time = TimeOfDay.parse(text);
    assert.deepEqual([time.seconds, time.toString()], [seconds, text]);
  });
}

for (const text of ["", "2:30", "24:00", "12:60", "02:30:00", "02:30Z", " 02:30"]) {
  test(`"${text}" is refused`, () => {
    assert.throws(() => TimeOfDay.parse(text), new RegExp(`found "${text}"; allowed: `));
  });
}
