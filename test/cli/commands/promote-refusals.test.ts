import assert from "node:assert/strict";
import { test } from "node:test";
import { promote } from "../../../cli/commands/promote";
import type { Finding } from "../../../cli/drift/finding";
import { UserError } from "../../../cli/user-error";
import { VERSION } from "../../../model/version";
import {
  DEV,
  digestOf,
  type Given,
  LIVE,
  promotionWorld,
  runningImage,
} from "../../support/promotion-world";

const finding = (resource: string, property: string, cause: Finding["cause"]): Finding => ({
  ...{ resource, property, declared: "1", found: "2", cause, mend: { by: "refresh" } },
});

/** A world with one thing wrong, and the sentences that say so. */
const REFUSALS: readonly (readonly [string, Given, readonly string[]])[] = [
  [
    "nothing was ever deployed",
    { devOutputs: "not deployed" },
    ["dev is not deployed, so nothing runs that could be promoted: npm run up -- --stack dev."],
  ],
  [
    "all of it was taken down",
    { devOutputs: "destroyed" },
    ["dev is not deployed, so nothing runs that could be promoted: npm run up -- --stack dev."],
  ],
  [
    "a workload is unhealthy, and another does not run",
    { running: [{ workload: "api", state: "unhealthy", memoryMiB: 1, limitMiB: 1 }] },
    ["dev is not well: api is unhealthy, web does not run."],
  ],
  [
    "a replica is missing",
    {
      dev: DEV.replace("acme/web:2.0.0,", "acme/web:2.0.0, replicas: 2,"),
    },
    ["dev is not well: web has 1 of 2 replicas."],
  ],
  [
    "an image has not run long enough",
    { images: [runningImage("api", { hours: 22.5 }), runningImage("web", { hours: 0.25 })] },
    [
      "web has run for 15 min in dev, and 1d are asked for: wait until 2026-11-28 11:45 UTC, or say --soak with less.",
      "api has run for 22 h 30 min in dev, and 1d are asked for: wait until 2026-11-27 13:30 UTC, or say --soak with less.",
    ],
  ],
  [
    "the file says something else than what is deployed",
    { devOutputs: { digest: digestOf("0") } },
    [
      "dev does not run what Pulumi.dev.yaml declares: run up --stack dev and let it soak, or take the change to the file back.",
    ],
  ],
  [
    "the program makes of the same file something else than what is deployed",
    { drift: [finding("web-container", "memory", "undeployed")] },
    [
      "dev does not run what Pulumi.dev.yaml declares: run up --stack dev and let it soak, or take the change to the file back.",
    ],
  ],
  [
    "something was changed by hand",
    {
      drift: [
        finding("api-container", "image", "drift"),
        finding("web-container", "memory", "drift"),
        finding("web-container", "memory", "drift"),
      ],
    },
    [
      "dev was changed by hand: api-container (image), web-container (memory); see npm run drift -- --stack dev",
    ],
  ],
  [
    "nobody can tell whether something was changed",
    { drift: new UserError("pulumi preview failed:\n  no access") },
    ["nobody can tell whether dev was changed: pulumi preview failed: no access"],
  ],
  [
    "two images of one service run at once",
    {
      images: [
        runningImage("api"),
        runningImage("api", { digests: [`ghcr.io/acme/api@${digestOf("c")}`] }),
        runningImage("web"),
      ],
    },
    ["api runs 2 images at once in dev: wait until its update is over."],
  ],
  [
    "an image was only built here",
    { images: [runningImage("api", { digests: [] }), runningImage("web")] },
    [
      "api runs an image in dev that is in no registry, so live could not pull it: docker tag ghcr.io/acme/api:1.4.2 registry.example.com/acme/api:1.4.2 && docker push registry.example.com/acme/api:1.4.2",
    ],
  ],
  [
    "a digest does not exist, or not any more",
    { registry: (image) => ({ found: image.startsWith("registry") ? "no" : "yes" }) },
    [
      `registry.example.com/acme/api@${digestOf("a")} does not exist, or your login may not see it: push or copy it to registry.example.com/acme/api, with docker push, crane copy or skopeo copy.`,
    ],
  ],
  [
    "a registry cannot be asked",
    {
      registry: (image) =>
        image.startsWith("acme") ? { found: "unknown", reason: "unauthorized" } : { found: "yes" },
    },
    [
      `nobody can tell whether acme/web@${digestOf("b")} exists: unauthorized; a private registry needs docker login.`,
    ],
  ],
  [
    "a stack file is not as it was committed",
    { uncommitted: { "Pulumi.live.yaml": `${LIVE}\n` } },
    ["not everything is committed: commit, discard or ignore Pulumi.live.yaml first."],
  ],
  [
    "the program itself is not as it was committed",
    {
      uncommitted: Object.fromEntries(
        ["index.ts", "a.ts", "b.ts", "c.ts", "d.ts", "e.ts"].map((file) => [file, "name: x\n"]),
      ),
    },
    [
      "not everything is committed: commit, discard or ignore a.ts, b.ts, c.ts, d.ts, e.ts and 1 more first.",
    ],
  ],
  [
    "a newer program deployed the target",
    { liveOutputs: { version: "99.1.0" } },
    [
      `live was deployed by whalewatch 99.1.0, newer than this checkout's ${VERSION}: bring the checkout up to date first.`,
    ],
  ],
];

for (const [what, given, sentences] of REFUSALS) {
  test(`refused, before anything is asked or changed: ${what}`, async (context) => {
    const world = promotionWorld(context, given);
    const before = world.file("live");
    const refusal = await world.attempt(promote(world.directory, "dev", "live", {}, world.tools));
    assert.equal(
      refusal,
      [
        "dev is not promoted to live; nothing was changed:",
        ...sentences.map((sentence) => `  - ${sentence}`),
      ].join("\n"),
    );
    assert.deepEqual([world.asked, world.said, world.file("live")], [[], [], before]);
  });
}

test("all reasons are told at once", async (context) => {
  const world = promotionWorld(context, {
    running: [],
    devOutputs: {},
    images: [runningImage("api", { hours: 1 }), runningImage("web", { digests: [] })],
    uncommitted: { "Pulumi.live.yaml": `${LIVE}\n` },
    liveOutputs: { version: "99.0.0" },
    registry: () => ({ found: "no" }),
  });
  const refusal = await world.attempt(promote(world.directory, "dev", "live", {}, world.tools));
  assert.equal(
    refusal,
    `dev is not promoted to live; nothing was changed:
  - dev is not well: api does not run, web does not run.
  - dev does not run what Pulumi.dev.yaml declares: run up --stack dev and let it soak, or take the change to the file back.
  - api has run for 1 h 0 min in dev, and 1d are asked for: wait until 2026-11-28 11:00 UTC, or say --soak with less.
  - web runs an image in dev that is in no registry, so live could not pull it: docker tag acme/web:2.0.0 acme/web:2.0.0 && docker push acme/web:2.0.0
  - registry.example.com/acme/api@${digestOf("a")} does not exist, or your login may not see it: push or copy it to registry.example.com/acme/api, with docker push, crane copy or skopeo copy.
  - live was deployed by whalewatch 99.0.0, newer than this checkout's ${VERSION}: bring the checkout up to date first.
  - not everything is committed: commit, discard or ignore Pulumi.live.yaml first.`,
  );
});

for (const [what, given, from, soak, message] of [
  ["a stack to itself", {}, "live", undefined, "live cannot be promoted to itself."],
  [
    "a soak time that is none",
    {},
    "dev",
    "soon",
    '--soak: found "soon"; allowed: a whole number of s, m, h, d or w such as 15s, 5m or 15d, at least 1s',
  ],
  [
    "an engine that does not answer",
    { engineDown: true },
    "dev",
    undefined,
    "Not ready; nothing was changed:\n  Docker does not answer.\n    Start it.",
  ],
] as const) {
  test(`refused: ${what}`, async (context) => {
    const world = promotionWorld(context, given);
    const options = soak === undefined ? {} : { soak };
    const refusal = await world.attempt(
      promote(world.directory, from, "live", options, world.tools),
    );
    assert.equal(refusal, message);
    assert.equal(world.file("live"), LIVE);
  });
}
