import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ALERT_DEFINITIONS } from "../../../model/alerts/catalog";
import { count, duration, latency, percent } from "../../../model/alerts/threshold";
import { Duration } from "../../../model/units/duration";

const source = "here";

describe("a threshold is read in the unit of its alert and compared in that of its metric", () => {
  const share = percent({ default: "5%", lowest: "1%", highest: "50%", source });
  const span = duration({ default: "5m", lowest: "1m", highest: "1d", source });
  const time = latency({ default: "2s", lowest: "10ms", highest: "1m", source });
  const number = count({ default: "3", lowest: "1", highest: "100", source });
  for (const [title, threshold, text, value] of [
    ["a share", share, "12.5 %", 0.125],
    ["a span", span, "2h", 7200],
    ["a time to answer", time, "250ms", 0.25],
    ["a number", number, "7", 7],
    ["the lowest", share, "1%", 0.01],
    ["the highest", share, "50%", 0.5],
  ] as const) {
    test(`${title}: ${text}`, () => {
      assert.deepEqual(threshold.read(text), { value, text: text.replace(" ", "") });
    });
  }

  for (const [title, threshold, text] of [
    ["below", share, "0.9%"],
    ["above", share, "50.1%"],
    ["of another unit", share, "5m"],
    ["without a unit", span, "300"],
    ["with a unit", number, "3s"],
    ["below", number, "0"],
    ["above", time, "2m"],
  ] as const) {
    test(`refused: ${title}, ${text}`, () => {
      assert.throws(() => threshold.read(text), RangeError);
    });
  }
});

describe("the catalog", () => {
  for (const [name, { threshold, summary, for: held, severity }] of ALERT_DEFINITIONS) {
    test(name, () => {
      assert.match(name, /^[A-Z][A-Za-z]+$/);
      assert.match(summary, /^[A-Z][^{}]*[^.]\.$/);
      if (held !== undefined) assert.equal(Duration.parse(held).toString(), held);
      assert.match(severity, /^(critical|warning|info|none)$/);
      if (threshold === undefined) return;
      assert.ok(threshold.lowest.value < threshold.highest.value);
      assert.deepEqual(threshold.read(threshold.default.text), threshold.default);
      assert.notEqual(threshold.source.trim(), "");
    });
  }
});
