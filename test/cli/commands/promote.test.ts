import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { promote } from "../../../cli/commands/promote";
import { git } from "../../support/git-project";
import {
  DEV,
  digestOf,
  type Given,
  LIVE,
  PROMOTED,
  promotionWorld,
  runningImage,
} from "../../support/promotion-world";
import { temporaryFolder } from "../../support/temporary-folder";

test("what runs is written by digest, after a question, and nothing else of the file changes", async (context) => {
  const world = promotionWorld(context);
  const { directory, tools, said, asked, complained, lookedUp } = world;
  assert.equal(await world.attempt(promote(directory, "dev", "live", {}, tools)), undefined);
  assert.equal(world.file("live"), PROMOTED);
  assert.equal(world.file("dev"), DEV);
  assert.deepEqual(asked, ["Write this to Pulumi.live.yaml? (yes/no) "]);
  assert.deepEqual(lookedUp.sort(), [
    `acme/web@${digestOf("b")}`,
    `registry.example.com/acme/api@${digestOf("a")}`,
  ]);
  assert.deepEqual(said, [
    `--- Pulumi.live.yaml
+++ Pulumi.live.yaml
@@ line 6 @@
-      image: acme/web:1.9.0 # by digest, some day
+      image: acme/web:2.0.0@${digestOf("b")} # by digest, some day
@@ line 9 @@
-    api: { limits: { memory: 64Mi, cpu: 0.1 }, port: 8000, image: "registry.example.com/acme/api:1.4.1" }
+    api: { limits: { memory: 64Mi, cpu: 0.1 }, port: 8000, image: "registry.example.com/acme/api:1.4.2@${digestOf("a")}" }`,
    "Wrote Pulumi.live.yaml. Commit it, then: npm run up -- --stack live",
  ]);
  assert.deepEqual(complained, [
    "WARNING: dev has no Alertmanager, so nobody can tell whether anything is wrong there.",
  ]);
  assert.deepEqual(
    world.calls().filter((call) => call !== "version"),
    ["stack export --stack live --non-interactive", "stack export --stack dev --non-interactive"],
    "the state is read, without secrets, and nothing is run",
  );
});

test("with --yes nobody is asked; without a yes nothing is written", async (context) => {
  const sure = promotionWorld(context);
  await promote(sure.directory, "dev", "live", { yes: true }, sure.tools);
  assert.deepEqual([sure.asked, sure.file("live")], [[], PROMOTED]);

  const unsure = promotionWorld(context, { answer: "y" });
  const refusal = await unsure.attempt(promote(unsure.directory, "dev", "live", {}, unsure.tools));
  assert.equal(refusal, "Not confirmed; nothing was changed.");
  assert.equal(unsure.file("live"), LIVE);
});

test("what somebody writes while the question is open is not lost", async (context) => {
  const world = promotionWorld(context);
  const edit = path.join(world.directory, "Pulumi.live.yaml");
  const meanwhile = `${LIVE}# mine\n`;
  const ask = () => {
    writeFileSync(edit, meanwhile);
    return Promise.resolve("yes");
  };
  const refusal = await world.attempt(
    promote(world.directory, "dev", "live", {}, { ...world.tools, ask }),
  );
  assert.equal(
    refusal,
    "Pulumi.live.yaml was changed meanwhile; nothing was written. Run this again.",
  );
  assert.equal(world.file("live"), meanwhile);
});

const SHARED = LIVE.replace('image: "registry.example.com/acme/api:1.4.1"', "image: *web").replace(
  "image: acme/web:1.9.0",
  "image: &web acme/web:1.9.0",
);
for (const [what, given, leftOut] of [
  [
    "a service that dev does not have, and one that only dev has",
    {
      dev: DEV.replace("    web:", "    page:"),
      images: [runningImage("api"), runningImage("page")],
      running: ["api", "page"].map((workload) => ({
        ...{ workload, state: "healthy", memoryMiB: 1, limitMiB: 1 },
      })),
    },
    ["Left out: web: dev has no such service", "Left out: page: live has no such service"],
  ],
  [
    "a service that is built in live",
    {
      live: LIVE.replace("      port: 8000\n", "      port: 8000\n      build: { context: web }\n"),
    },
    ["Left out: web: live builds its image instead of pulling it"],
  ],
  [
    "an image that live has already, under whatever tag",
    { live: LIVE.replace("acme/web:1.9.0", `acme/web@${digestOf("b")}`) },
    ["Left out: web: live has this image already"],
  ],
] as const satisfies readonly (readonly [string, Given, readonly string[]])[]) {
  test(`left out, and said so: ${what}`, async (context) => {
    const world = promotionWorld(context, given);
    await promote(world.directory, "dev", "live", { yes: true }, world.tools);
    assert.deepEqual(world.said.slice(0, leftOut.length), leftOut);
    const expected = ("live" in given ? given.live : LIVE).replace(
      "registry.example.com/acme/api:1.4.1",
      `registry.example.com/acme/api:1.4.2@${digestOf("a")}`,
    );
    assert.equal(world.file("live"), expected);
  });
}

test("left out, and said so: images that a YAML anchor shares; then there is nothing to do", async (context) => {
  const world = promotionWorld(context, { live: SHARED });
  await promote(world.directory, "dev", "live", {}, world.tools);
  const why = "Pulumi.live.yaml shares its image by a YAML anchor; write it out there";
  assert.deepEqual(world.said, [
    `Left out: web: ${why}`,
    `Left out: api: ${why}`,
    "There is nothing to promote from dev to live.",
  ]);
  assert.equal(world.file("live"), SHARED);
});

test("of several digests the one that the target's own repository knows is taken", async (context) => {
  const digests = [
    `ghcr.io/acme/api@${digestOf("a")}`,
    `registry.example.com/acme/api@${digestOf("c")}`,
  ];
  const world = promotionWorld(context, {
    images: [runningImage("api", { digests }), runningImage("web")],
  });
  await promote(world.directory, "dev", "live", { yes: true }, world.tools);
  assert.equal(world.file("live"), PROMOTED.replace(digestOf("a"), digestOf("c")));
});

test("a pod that was moved is new; its image has soaked by the others", async (context) => {
  const world = promotionWorld(context, {
    images: [runningImage("api", { hours: 1 }), runningImage("api"), runningImage("web")],
  });
  await promote(world.directory, "dev", "live", { yes: true }, world.tools);
  assert.equal(world.file("live"), PROMOTED);
});

test("--soak and the target's setting say how long an image must have run", async (context) => {
  const young = { images: [runningImage("api", { hours: 3 }), runningImage("web", { hours: 3 })] };
  const world = promotionWorld(context, young);
  await promote(world.directory, "dev", "live", { yes: true, soak: "3h" }, world.tools);
  assert.equal(world.file("live"), PROMOTED);

  const set = LIVE.replace("config:\n", "config:\n  whalewatch:promotion: { soak: 2h }\n");
  const patient = promotionWorld(context, { ...young, live: set });
  await promote(patient.directory, "dev", "live", { yes: true }, patient.tools);
  assert.notEqual(patient.file("live"), set);
});

test("outside of git it is warned of, and done all the same", async (context) => {
  const world = promotionWorld(context, { withoutGit: true });
  await promote(world.directory, "dev", "live", { yes: true }, world.tools);
  assert.equal(world.file("live"), PROMOTED);
  assert.ok(
    world.complained.includes(
      "WARNING: The project is in no git repository: nobody can review or undo the change there.",
    ),
  );
});

test("--pr prints commands alone, which commit the file on its branch, push it and open a pull request", async (context) => {
  const world = promotionWorld(context);
  const { directory } = world;
  await promote(directory, "dev", "live", { yes: true, pr: true }, world.tools);
  assert.equal(world.said.length, 1, "all else goes to standard error");
  const [script = ""] = world.said;
  assert.equal(world.file("live"), PROMOTED);
  assert.equal(git(directory, "log", "--oneline").split("\n").length, 1, "nothing is done yet");

  // A remote on this machine, and a gh that notes what it is told.
  const remote = temporaryFolder(context);
  git(remote, "init", "--quiet", "--bare");
  git(directory, "remote", "add", "origin", remote);
  for (const [key, value] of [
    ["name", "test"],
    ["email", "test@example.com"],
  ] as const) {
    git(directory, "config", `user.${key}`, value);
  }
  const bin = temporaryFolder(context);
  writeFileSync(path.join(bin, "gh"), `#!/bin/sh\nprintf '%s\\0' "$@" > '${bin}/told'\n`);
  chmodSync(path.join(bin, "gh"), 0o755);
  const { status, stderr } = spawnSync("sh", ["-e"], {
    cwd: directory,
    input: script,
    encoding: "utf8",
    env: { ...process.env, PATH: `${bin}:${process.env["PATH"] ?? ""}` },
  });
  assert.equal(status, 0, stderr);
  const branch = git(directory, "branch", "--show-current");
  assert.match(branch, /^promote-live-[0-9a-f]{8}$/);
  const title = "Promote web 2.0.0, api 1.4.2 from dev to live";
  assert.deepEqual(git(remote, "log", branch, "--format=%s").split("\n"), [title, "first"]);
  assert.equal(`${git(remote, "show", `${branch}:Pulumi.live.yaml`)}\n`, PROMOTED);
  assert.deepEqual(readFileSync(path.join(bin, "told"), "utf8").split("\0").slice(0, -1), [
    ...["pr", "create", "--head", branch, "--title", title, "--body"],
    `What runs in dev comes to live, by digest. When this was made, dev ran what its file declares, every workload was well, no critical alert fired, and each of these images had run there for at least 1d.

| service | now | after |
| --- | --- | --- |
| web | \`acme/web:1.9.0\` | \`acme/web:2.0.0@${digestOf("b")}\` |
| api | \`registry.example.com/acme/api:1.4.1\` | \`registry.example.com/acme/api:1.4.2@${digestOf("a")}\` |

To go back after the update: \`npm run rollback -- live\`.`,
  ]);
});
