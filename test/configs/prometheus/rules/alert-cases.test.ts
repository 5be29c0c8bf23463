import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ALERT_DEFINITIONS } from "../../../../model/alerts/catalog";
import { caseName, looksTooEarly, runAlertCases } from "../../../support/alert-cases";
import { findTool } from "../../../support/tools";
import { ALERT_CASES } from "./alert-cases";

test("every alert is tested on both sides of its threshold", () => {
  const tested = new Set<string>(ALERT_CASES.map(({ alert }) => alert));
  // It has no other side: it always fires.
  const untested = [...ALERT_DEFINITIONS.keys()].filter((name) => !tested.has(name));
  assert.deepEqual(untested, ["Watchdog"]);
});

test("every case looks at its alert too early as well, where it waits", () => {
  assert.deepEqual(ALERT_CASES.filter((each) => !looksTooEarly(each)).map(caseName), []);
});

test("no two cases have one name", () => {
  const names = ALERT_CASES.map(caseName);
  assert.deepEqual(
    names.filter((name, index) => names.indexOf(name) !== index),
    [],
  );
});

describe("each alert fires just past its threshold, once it has waited, and is silent just before", () => {
  const promtool = findTool("promtool");
  const skip =
    promtool === undefined &&
    "NOT CHECKED: promtool is neither on PATH nor in the lab; run test/lab/tools.sh, then this again";
  const failures = promtool === undefined ? new Map() : runAlertCases(promtool, ALERT_CASES);
  for (const name of ALERT_CASES.map(caseName)) {
    test(name, { skip }, () => {
      assert.equal(failures.get(name), undefined);
    });
  }
});
