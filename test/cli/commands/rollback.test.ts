import assert from "node:assert/strict";
import { test } from "node:test";
import { rollback } from "../../../cli/commands/rollback";
import { digestOf, type Given, LIVE, promotionWorld } from "../../support/promotion-world";

const OLD = `acme/web:1.8.0@${digestOf("8")}`;
const update = (startTime: string, images: Readonly<Record<string, string>>) => ({
  ...{ kind: "update", result: "succeeded", startTime },
  config: {
    "whalewatch:services": {
      value: JSON.stringify(
        Object.fromEntries(Object.entries(images).map(([name, image]) => [name, { image }])),
      ),
    },
  },
});
const API = "registry.example.com/acme/api:1.4.1";
const HISTORY = [
  update("2026-11-27T10:00:00.000Z", { web: "acme/web:1.9.0", api: API }),
  update("2026-11-20T10:00:00.000Z", { web: OLD }),
];
const world = (context: Parameters<typeof promotionWorld>[0], given: Given = {}) =>
  promotionWorld(context, { history: HISTORY, ...given });

test("the images before these are written back; only they change; nothing is deployed", async (context) => {
  const { directory, tools, said, asked, complained, lookedUp, file, calls } = world(context);
  await rollback(directory, "live", {}, tools);
  assert.equal(file("live"), LIVE.replace("acme/web:1.9.0", OLD));
  assert.deepEqual(said, [
    "Left out: api: it was not there then",
    "Back to what was deployed at 2026-11-20T10:00:00.000Z:",
    `--- Pulumi.live.yaml
+++ Pulumi.live.yaml
@@ line 6 @@
-      image: acme/web:1.9.0 # by digest, some day
+      image: ${OLD} # by digest, some day`,
    "Wrote Pulumi.live.yaml. To deploy it: npm run up -- --stack live",
  ]);
  assert.deepEqual(asked, ["Write this to Pulumi.live.yaml? (yes/no) "]);
  assert.deepEqual([complained, lookedUp], [[], [OLD]]);
  assert.deepEqual(calls(), ["version", "stack history --json --stack live --non-interactive"]);
});

test("with --yes nobody is asked; without a yes nothing is written", async (context) => {
  const sure = world(context);
  await rollback(sure.directory, "live", { yes: true }, sure.tools);
  assert.deepEqual([sure.asked, sure.file("live") === LIVE], [[], false]);

  const unsure = world(context, { answer: "" });
  const refusal = await unsure.attempt(rollback(unsure.directory, "live", {}, unsure.tools));
  assert.equal(refusal, "Not confirmed; nothing was changed.");
  assert.equal(unsure.file("live"), LIVE);
});

test("changes that are not committed stay in the file", async (context) => {
  const changed = LIVE.replace("# The live environment.", "# Changed.");
  const { directory, tools, file } = world(context, {
    uncommitted: { "Pulumi.live.yaml": changed },
  });
  await rollback(directory, "live", { yes: true }, tools);
  assert.equal(file("live"), changed.replace("acme/web:1.9.0", OLD));
});

test("a registry that cannot be asked is a warning: what is broken must not stay for it", async (context) => {
  const { directory, tools, complained, file } = world(context, {
    registry: () => ({ found: "unknown", reason: "no answer within 30 s" }),
  });
  await rollback(directory, "live", { yes: true }, tools);
  assert.deepEqual(complained, [
    `WARNING: nobody can tell whether ${OLD} exists: no answer within 30 s`,
  ]);
  assert.notEqual(file("live"), LIVE);
});

for (const [what, given, message] of [
  [
    "an image is gone",
    { registry: () => ({ found: "no" }) },
    `${OLD} no longer exists, or your login may not see it; nothing was changed.`,
  ],
  [
    "nothing ran before",
    { history: HISTORY.slice(0, 1) },
    "live has no earlier update that succeeded with other images; nothing was changed. See: npm run pulumi -- stack history --stack live",
  ],
  [
    "nothing was ever deployed",
    { history: [] },
    "live has no earlier update that succeeded with other images; nothing was changed. See: npm run pulumi -- stack history --stack live",
  ],
] as const satisfies readonly (readonly [string, Given, string])[]) {
  test(`a rollback is refused where ${what}`, async (context) => {
    const refused = world(context, given);
    const { directory, tools, file, attempt, asked } = refused;
    assert.equal(await attempt(rollback(directory, "live", {}, tools)), message);
    assert.deepEqual([asked, file("live")], [[], LIVE]);
  });
}
