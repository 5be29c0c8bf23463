import assert from "node:assert/strict";
import { test } from "node:test";
import { deployedHistory, previousImages } from "../../../cli/promotion/update-history";

const update = (
  startTime: string,
  images: Readonly<Record<string, string>>,
  more: object = {},
) => ({
  ...{ version: 0, kind: "update", result: "succeeded", startTime },
  config: {
    "whalewatch:services": {
      value: JSON.stringify(
        Object.fromEntries(Object.entries(images).map(([name, image]) => [name, { image }])),
      ),
      secret: false,
    },
    "secrets:token": { secret: true },
  },
  ...more,
});

test("the history is what updates that succeeded deployed", () => {
  const asked: unknown[] = [];
  const read = (args: readonly string[]) => {
    asked.push(args);
    return JSON.stringify([
      update("5", { api: "a:2" }, { result: "failed" }),
      update("4", { api: "a:2" }, { kind: "destroy" }),
      update("3", { api: "a:1", web: "w:1" }),
      update("2", {}, { config: {} }),
      { kind: "refresh", result: "succeeded", startTime: "1" },
    ]);
  };
  assert.deepEqual(deployedHistory({ read }, "whalewatch", "prod"), [
    {
      startedAt: "3",
      images: new Map([
        ["api", "a:1"],
        ["web", "w:1"],
      ]),
    },
  ]);
  assert.deepEqual(asked, [["stack", "history", "--json", "--stack", "prod"]]);
});

/** Each letter is an update that deployed an image of that name; the newest first. */
const history = (letters: string) =>
  [...letters].map((letter, index) => ({
    startedAt: String(index),
    images: new Map([["api", letter]]),
  }));

for (const [what, letters, current, expected] of [
  ["back from what runs", "BA", "B", "1"],
  ["back from what was promoted and never deployed", "BA", "C", "0"],
  ["over updates of something else", "BBBAA", "B", "3"],
  ["further back after going back, not to and fro", "BCBA", "B", "3"],
  ["back from what was deployed after going back", "CBAB", "C", "1"],
  ["nowhere from the first", "AA", "A", undefined],
  ["nowhere after going back to the first", "ABA", "A", undefined],
  ["nowhere without a history", "", "A", undefined],
] as const) {
  test(`a rollback goes ${what}`, () => {
    const found = previousImages(history(letters), new Map([["api", current]]));
    assert.equal(found?.startedAt, expected);
  });
}

test("a service that was not there yet makes no difference", () => {
  const images = new Map([
    ["api", "B"],
    ["new", "N"],
  ]);
  assert.equal(previousImages(history("BA"), images)?.startedAt, "1");
});
