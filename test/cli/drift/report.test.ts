import assert from "node:assert/strict";
import { test } from "node:test";
import { describeDrift, driftReport } from "../../../cli/drift/report";
import { finding, URN } from "./resources";

test("the same property of the same resource is told once, as the platform has it", () => {
  const ofPlatform = [
    finding({}),
    finding({ property: "envs A", mend: { by: "replace", urns: [URN] } }),
  ];
  const ofPreview = [
    finding({ found: "81" }),
    finding({ property: "envs[0]" }),
    finding({ property: "memorySwap" }),
    finding({ urn: "other" }),
  ];
  assert.deepEqual(driftReport("dev", ofPlatform, ofPreview).findings, [
    ...ofPlatform,
    ...ofPreview.slice(2),
  ]);
});

test("a report as it is read", () => {
  const rm = { by: "hand", command: "docker rm -f web", thenUpdate: true } as const;
  const report = driftReport(
    "dev",
    [
      finding({}),
      finding({ property: "memorySwap" }),
      finding({
        property: "user",
        declared: "1000",
        found: "0",
        mend: { by: "replace", urns: [URN] },
      }),
      finding({ resource: "web", urn: "web", property: "user", mend: rm }),
    ],
    [finding({ urn: "new", resource: "new", property: "existence", cause: "undeployed" })],
  );
  const lines = describeDrift(report).split("\n");
  assert.deepEqual(
    lines.map((line) => line.trim().replaceAll(/ {2,}/g, " | ")),
    [
      "dev: 5 differences between what is declared and what is there. Nothing was changed.",
      "resource | what | declared | found | what to do",
      "api | memory | 96 | 80 | up --refresh",
      "api | memorySwap | 96 | 80 | the same",
      "api | user | 1000 | 0 | up --replace",
      "web | user | 96 | 80 | docker rm -f web, then up --refresh",
      "new | existence | 96 | 80 | up: declared since the last one",
      "What an update puts right:",
      `npm run up -- --stack dev --refresh --replace '${URN}'`,
    ],
  );
});

test("where an update helps nothing, none is proposed; where nothing differs, that is said", () => {
  const report = driftReport("dev", [finding({ mend: { by: "hand", command: "docker ..." } })], []);
  assert.equal(report.command, undefined);
  assert.match(describeDrift(report), /^dev: 1 difference between/);
  assert.equal(
    describeDrift(driftReport("dev", [], [])),
    "dev: no drift. Everything is as declared.",
  );
});
