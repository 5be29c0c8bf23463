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
    message: new RegExp(`^Process ${process.pid} on .* is updating dev\\.`),
  });
  assert.equal(readFileSync(path.join(directory, "Pulumi.dev.yaml"), "utf8"), FILE);
});

test("a setting is changed within its comments and order", (context) => {
  const directory = project(context);
  const stack = { project: "whalewatch", name: "dev" };
  setSetting(directory, stack, ["rotations", "redis"], 1);
  setSetting(directory, stack, ["rotations", "redis"], 2);
  assert.equal(
    readFileSync(path.join(directory, "Pulumi.dev.yaml"), "utf8"),
    `${FILE}  whalewatch:rotations:\n    redis: 2\n`,
  );
});

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
