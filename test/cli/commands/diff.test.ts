import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test, type TestContext } from "node:test";
import { diff, type DiffOptions } from "../../../cli/commands/diff";
import { writePlan } from "../../../cli/plan/write-plan";
import { UserError } from "../../../cli/user-error";
import { gitProject } from "../../support/git-project";
import { baseOfPair, headOfPair, PLANTED } from "../../support/planned-pair";
import { samplePlan } from "../../support/planned";
import { temporaryFolder } from "../../support/temporary-folder";

const PROJECT = path.resolve(__dirname, "../../..");

/** Two folders that plans were written to. */
async function plannedPair(context: TestContext): Promise<string> {
  const folder = temporaryFolder(context);
  for (const [name, { plan, resources, files }] of [
    ["base", baseOfPair()],
    ["head", headOfPair()],
  ] as const) {
    const masked = plan.files.map((file) => ({
      ...file,
      text: files.get(`${file.workload}${file.path}`) ?? "",
    }));
    await writePlan(path.join(folder, name), plan, masked, resources);
  }
  await writePlan(path.join(folder, "other"), samplePlan({ stack: "prod" }), [], []);
  return folder;
}

/** Runs the command with what it says kept from the terminal. */
async function run(
  context: TestContext,
  folder: string,
  versions: readonly [base?: string, head?: string],
  options: DiffOptions,
): Promise<void> {
  const log = context.mock.method(console, "log", () => undefined);
  try {
    await diff(folder, versions[0], versions[1], options);
  } finally {
    log.mock.restore();
  }
}

test("two folders with plans are compared, into a comment and a page without secrets", async (context) => {
  const folder = await plannedPair(context);
  const options = {
    out: "out/a/comment.md",
    html: "out/b/report.html",
    reportUrl: "https://x.org/r",
  };
  await run(context, folder, ["base", "head"], options);
  const comment = readFileSync(path.join(folder, options.out), "utf8");
  assert.match(comment, /`base` → `head` · \[full report\]\(https:\/\/x\.org\/r\)/);
  assert.match(comment, /\*\*1 deleted · 2 replaced · 1 created\*\*/);
  const page = readFileSync(path.join(folder, options.html), "utf8");
  for (const text of [comment, page]) {
    assert.deepEqual(
      PLANTED.filter((secret) => text.includes(secret)),
      [],
    );
  }
});

for (const [what, versions, stack, message] of [
  [
    "plans of two stacks",
    ["base", "other"],
    undefined,
    "The folders hold plans of prod and try. Compare one stack with itself; two stacks with: whalewatch env diff prod try",
  ],
  ["a stack that neither has", ["base", "head"], ["prod"], "--stack: found prod; allowed: try."],
] as const) {
  test(`${what} are refused`, async (context) => {
    const folder = await plannedPair(context);
    await assert.rejects(
      run(context, folder, versions, { ...(stack && { stack: [...stack] }) }),
      new UserError(message),
    );
  });
}

test("a folder whose plan is of another format is refused by its place", async (context) => {
  const folder = await plannedPair(context);
  const file = path.join(folder, "base/plan.json");
  const plan: unknown = JSON.parse(readFileSync(file, "utf8"));
  writeFileSync(file, JSON.stringify(Object.assign({}, plan, { version: 0 })));
  await assert.rejects(run(context, folder, ["base", "head"], {}), (error) => {
    assert.ok(error instanceof UserError);
    assert.match(
      error.message,
      /base\/plan\.json is not of version 1 of the plan's format, at version: /,
    );
    return true;
  });
});

/** Two folders with plans, of which the later one violates a policy of this level. */
async function violatingPair(context: TestContext, level: "mandatory" | "advisory") {
  const folder = temporaryFolder(context);
  const violation = {
    ...{
      policy: "ports-must-stay-on-loopback",
      level,
      resource: "api-container",
      workload: "api",
      urn: null,
    },
    ...{ message: "Port 8000 is open to all.", remedy: "Publish it on 127.0.0.1." },
  };
  for (const name of ["base", "head"]) {
    const violations = name === "head" ? [violation, violation] : [];
    const policies = { checked: [violation.policy], violations, exceptions: [] };
    const plan = samplePlan({ policies });
    await writePlan(path.join(folder, name), plan, [], []);
  }
  return folder;
}

test("what a mandatory policy does not allow fails, with the report written", async (context) => {
  const folder = await violatingPair(context, "mandatory");
  await assert.rejects(
    run(context, folder, ["base", "head"], { out: "comment.md" }),
    new UserError("An update would be refused.\ntry violates ports-must-stay-on-loopback."),
  );
  assert.match(readFileSync(path.join(folder, "comment.md"), "utf8"), /Port 8000 is open to all\./);
});

test("an advice does not fail", async (context) => {
  const folder = await violatingPair(context, "advisory");
  await run(context, folder, ["base", "head"], { out: "comment.md" });
  assert.match(readFileSync(path.join(folder, "comment.md"), "utf8"), /Nothing changes\./);
});

test("why a version cannot be planned is told without the secret that it speaks of", async (context) => {
  const [github = ""] = PLANTED;
  const { folder } = gitProject(context, {
    "Pulumi.yaml": "name: whalewatch\nruntime: nodejs\n",
    "Pulumi.dev.yaml": "config: {}\n",
    "package.json": "{}",
    "cli/main.ts": `console.error('secrets: found "${github}"'); process.exitCode = 1;`,
  });
  symlinkSync(path.join(PROJECT, "node_modules"), path.join(folder, "node_modules"));
  const options = { out: "comment.md", html: "report.html" };
  await assert.rejects(run(context, folder, ["HEAD"], options), (error) => {
    assert.ok(error instanceof UserError);
    assert.match(error.message, /^Not everything can be planned\.\ndev at /);
    for (const text of [
      error.message,
      ...[options.out, options.html].map((file) => readFileSync(path.join(folder, file), "utf8")),
    ]) {
      assert.equal(text.includes(github), false, text);
      assert.match(text, /looks like a secret/);
    }
    return true;
  });
});

test("this project's last commit is compared with a changed copy of its files", async (context) => {
  const listed = execFileSync(
    "git",
    ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    {
      cwd: PROJECT,
      encoding: "utf8",
    },
  );
  const { folder, git } = gitProject(context, { ".gitignore": "node_modules\n" });
  for (const file of listed.split("\0").filter((name) => /^(?!test\/)./.test(name))) {
    cpSync(path.join(PROJECT, file), path.join(folder, file));
  }
  git("add", "--all");
  git("commit", "--quiet", "--message", "project");
  symlinkSync(path.join(PROJECT, "node_modules"), path.join(folder, "node_modules"));
  const stackFile = path.join(folder, "Pulumi.dev.yaml");
  const settings = readFileSync(stackFile, "utf8");
  const changed = settings
    .replace("env: { MODEL_NAME: resnet-v1 }", "env: { MODEL_NAME: resnet-v1, MODE: fast }")
    .replace("limits: { memory: 64Mi, cpu: 0.1 }", "limits: { memory: 96Mi, cpu: 0.1 }");
  writeFileSync(stackFile, `${changed}  secrets:planted: { secure: v1:cGxhbnRlZA==:c2VjcmV0 }\n`);
  const options = { stack: ["dev"], out: "comment.md", html: "report.html" };
  await run(context, folder, ["HEAD"], options);
  const comment = readFileSync(path.join(folder, "comment.md"), "utf8");
  for (const row of [
    "| **resnet-v1** | **replaced** | +MODE=fast |",
    "| **node-exporter** | changed in place | memory 64 MiB → 96 MiB | Applied to the running container: no restart. |",
  ]) {
    assert.ok(comment.includes(row), comment);
  }
  assert.match(comment, /\*\*1 replaced · \d+ changed in place\*\* · (\d+) resources: /);
  const page = readFileSync(path.join(folder, "report.html"), "utf8");
  for (const text of [comment, page]) {
    assert.doesNotMatch(text, /c2VjcmV0|secret-value-of|planted/);
  }
  assert.equal(git("worktree", "list").split("\n").length, 1);
});
