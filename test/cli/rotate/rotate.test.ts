import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import { test, type TestContext } from "node:test";
import { rotate } from "../../../cli/commands/rotate";
import { readersOf } from "../../../cli/rotate/readers";
import { ROTATABLE } from "../../../cli/rotate/rotation";
import { setSetting } from "../../../cli/set-setting";
import { UserError } from "../../../cli/user-error";
import { provisionFiles } from "../../../configs/provision";
import { projectStack } from "../../support/declared-stack";
import { temporaryFolder } from "../../support/temporary-folder";

const FILE = `# ours
config:
  whalewatch:redis: { limits: { memory: 64Mi, cpu: 0.5 } } # small
  whalewatch:monitoring: { enabled: false }
  whalewatch:postgres: { external: { host: db.example.com, database: app, user: app, secret: db } }
  secrets:db: { secure: abc }
`;
const STACK = { project: "whalewatch", name: "dev" };

function project(context: TestContext): string {
  return temporaryFolder(context, { "Pulumi.yaml": "name: whalewatch\n", "Pulumi.dev.yaml": FILE });
}

for (const [program, message] of [
  ["mysql", /no generated passwords of mysql; allowed: postgres, redis, grafana\./],
  ["toString", /no generated passwords of toString/],
  ["grafana", /dev has no grafana, so there is no password to replace\./],
  ["postgres", /postgres of dev is a server outside\. Change its password there/],
] as const) {
  test(`rotate ${program} is refused with the reason, and the stack file stays`, async (context) => {
    const directory = project(context);
    await assert.rejects(
      rotate(directory, program, { stack: "dev", yes: true }),
      (error) => error instanceof UserError && message.test(error.message),
    );
    assert.equal(readFileSync(path.join(directory, "Pulumi.dev.yaml"), "utf8"), FILE);
  });
}

test("rotate while an update runs is refused with its process, before anything else", async (context) => {
  const directory = project(context);
  const locks = path.join(".pulumi/locks/organization/whalewatch/dev/a.json");
  const lock = JSON.stringify({ pid: process.pid, hostname: hostname() });
  const before = process.env["PULUMI_BACKEND_URL"];
  process.env["PULUMI_BACKEND_URL"] = `file://${temporaryFolder(context, { [locks]: lock })}`;
  context.after(() => {
    if (before === undefined) delete process.env["PULUMI_BACKEND_URL"];
    else process.env["PULUMI_BACKEND_URL"] = before;
  });
  await assert.rejects(rotate(directory, "redis", { stack: "dev", yes: true }), {
    name: "UserError",
    message: new RegExp(`^dev is being updated by process ${process.pid} on `),
  });
  assert.equal(readFileSync(path.join(directory, "Pulumi.dev.yaml"), "utf8"), FILE);
});

test("a setting is changed within its comments and order", (context) => {
  const directory = project(context);
  setSetting(directory, STACK, ["rotations", "redis"], 1);
  setSetting(directory, STACK, ["rotations", "redis"], 2);
  assert.equal(
    readFileSync(path.join(directory, "Pulumi.dev.yaml"), "utf8"),
    `${FILE}  whalewatch:rotations:\n    redis: 2\n`,
  );
});

for (const [what, before, after] of [
  [
    "where its key has no namespace",
    "config:\n  rotations:\n    postgres: 3 # ours\n",
    "config:\n  rotations:\n    postgres: 3 # ours\n    redis: 1\n",
  ],
  [
    "where it is already, without a namespace",
    "config: { rotations: { redis: 0 } }\n",
    "config: { rotations: { redis: 1 } }\n",
  ],
  ["in an empty file", "", "config:\n  whalewatch:rotations:\n    redis: 1\n"],
  [
    "in a config without settings",
    "# ours\nconfig: # none yet\nencryptionsalt: x\n",
    "# ours\nconfig:\n  whalewatch:rotations:\n    redis: 1\n  # none yet\nencryptionsalt: x\n",
  ],
  [
    "beside merge keys",
    "config:\n  other:x: &x { postgres: 3 }\n  whalewatch:rotations: { <<: *x }\n",
    "config:\n  other:x: &x { postgres: 3 }\n  whalewatch:rotations: { <<: *x, redis: 1 }\n",
  ],
] as const) {
  test(`a setting is changed ${what}`, (context) => {
    const directory = temporaryFolder(context, { "Pulumi.dev.yaml": before });
    setSetting(directory, STACK, ["rotations", "redis"], 1);
    assert.equal(readFileSync(path.join(directory, "Pulumi.dev.yaml"), "utf8"), after);
  });
}

for (const [what, text] of [
  ["an alias", "config:\n  other:x: &x { postgres: 3 }\n  rotations: *x\n"],
  ["an anchor", "config:\n  whalewatch:rotations: &x { postgres: 3 }\n  other:x: *x\n"],
  ["a merge key", "config: { <<: { whalewatch:rotations: { postgres: 3 } } }\n"],
  ["an alias of all settings", "encryptionsalt: &x { a:b: 1 }\nconfig: *x\n"],
] as const) {
  test(`a setting that ${what} would change or lose others by is left to its author`, (context) => {
    const directory = temporaryFolder(context, { "Pulumi.dev.yaml": text });
    assert.throws(
      () => {
        setSetting(directory, STACK, ["rotations", "redis"], 1);
      },
      {
        name: "UserError",
        message:
          "Pulumi.dev.yaml: whalewatch:rotations cannot be set without another change: found an alias, an anchor or a merge key (<<) where it is written; allowed: a mapping of its own. Write it out, then run this again.",
      },
    );
    assert.equal(readFileSync(path.join(directory, "Pulumi.dev.yaml"), "utf8"), text);
  });
}

for (const [program, readers] of [
  [
    "postgres",
    ["postgres", "efficientnet-v1", "efficientnet-v2", "resnet-v1", "postgres-exporter"],
  ],
  ["redis", ["redis", "efficientnet-v1", "efficientnet-v2", "resnet-v1", "redis-exporter"]],
  ["grafana", ["grafana"]],
] as const) {
  test(`new passwords of ${program} restart ${readers.length} workloads`, () => {
    assert.deepEqual(readersOf(provisionFiles(projectStack("dev")), ROTATABLE[program]), readers);
  });
}
