import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { parse } from "yaml";
import { z } from "zod";
import { COMMENT_MARKER } from "../../cli/diff/report/markdown";
import { testWithTool } from "../support/tools";

const PROJECT = path.resolve(__dirname, "../..");
const FOLDER = path.join(PROJECT, ".github/workflows");
const GITLAB = path.join(PROJECT, "docs/gitlab-ci.yml");

const workflows = readdirSync(FOLDER).filter((file) => file.endsWith(".yml"));
const textOf = (file: string): string => readFileSync(path.join(FOLDER, file), "utf8");

const step = z.object({
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
});
const workflow = z.object({
  on: z.record(z.string(), z.unknown()),
  permissions: z.record(z.string(), z.string()),
  concurrency: z.object({ group: z.string(), "cancel-in-progress": z.boolean() }),
  jobs: z.record(
    z.string(),
    z.object({
      "timeout-minutes": z.number().max(60),
      permissions: z.record(z.string(), z.string()).optional(),
      steps: z.array(step).min(1),
    }),
  ),
});

testWithTool("actionlint", "the workflows pass actionlint", (actionlint) => {
  const files = workflows.map((file) => path.join(FOLDER, file));
  assert.ok(files.length >= 2);
  const { status, stdout, stderr } = spawnSync(actionlint, files, {
    encoding: "utf8",
    cwd: PROJECT,
  });
  assert.deepEqual([status, stdout, stderr], [0, "", ""]);
});

for (const file of workflows) {
  test(`${file} may no more than it must, ends in time, and does not run beside itself`, () => {
    const { on, permissions, jobs } = workflow.parse(parse(textOf(file)));
    assert.deepEqual(permissions, { contents: "read" });
    // It would give a fork's code the secrets of this repository.
    assert.equal(Object.hasOwn(on, "pull_request_target"), false);
    for (const [name, job] of Object.entries(jobs)) {
      for (const { uses = "", run = "", with: options = {} } of job.steps) {
        if (uses !== "") assert.match(uses, /@(?:v\d+|[0-9a-f]{40})$/, name);
        if (uses.startsWith("actions/checkout@")) {
          assert.equal(options["persist-credentials"], false, name);
        }
        // What a pull request may choose, such as a branch's name, would run as a command.
        assert.doesNotMatch(run, /\$\{\{/, name);
      }
      const writes = Object.values(job.permissions ?? {}).includes("write");
      const ownCode = job.steps.some(({ uses = "" }) => uses.startsWith("actions/checkout@"));
      assert.equal(writes && ownCode, false, `${name} writes and runs the change's own code`);
    }
  });
}

test("the comment is found again by what it begins with", () => {
  for (const text of [textOf("preview.yml"), readFileSync(GITLAB, "utf8")]) {
    assert.ok(text.includes(`startswith("${COMMENT_MARKER}")`));
  }
});

test("commands of the workflows are commands of the project", () => {
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(path.join(PROJECT, "package.json"), "utf8")));
  const texts = [...workflows.map(textOf), readFileSync(GITLAB, "utf8")];
  const called = texts.flatMap((text) =>
    [...text.matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, name = ""]) => name),
  );
  assert.ok(called.length >= 8);
  assert.deepEqual(
    [...new Set(called)].filter((name) => !Object.hasOwn(scripts, name)),
    [],
  );
});

test("the template for GitLab is YAML, with jobs that run something", () => {
  const jobs = z.record(z.string(), z.object({ script: z.array(z.string()).min(1).optional() }));
  const parsed = jobs.parse(parse(readFileSync(GITLAB, "utf8")));
  const running = Object.entries(parsed).filter(([, { script }]) => script !== undefined);
  assert.deepEqual(
    running.map(([name]) => name),
    ["test", "diff", "note", "preview", "drift"],
  );
});

test("credentials are in no job for GitLab that a merge request could read them from by default", () => {
  const job = z.object({ environment: z.object({ name: z.string() }).optional() });
  const jobs = z.record(z.string(), job).parse(parse(readFileSync(GITLAB, "utf8")));
  const scopes = Object.entries(jobs).map(([name, { environment }]) => [name, environment?.name]);
  assert.deepEqual(Object.fromEntries(scopes), {
    ...{ default: undefined, test: undefined, diff: undefined },
    ...{ note: "note", preview: "prod", drift: "prod" },
  });
});

test("wherever Pulumi previews a change, it asks the policies", () => {
  for (const text of [textOf("preview.yml"), readFileSync(GITLAB, "utf8")]) {
    const previews = text.split("\n").filter((line) => /pulumi -- preview/.test(line));
    assert.equal(previews.length, 1);
    assert.match(previews[0] ?? "", / --policy-pack policies\/pack /);
  }
});

test("a pull request from a fork is tested, without being tested twice where it is no fork", () => {
  const { on, jobs } = z
    .object({
      on: z.record(z.string(), z.unknown()),
      jobs: z.record(z.string(), z.object({ if: z.string() })),
    })
    .parse(parse(textOf("test.yml")));
  assert.deepEqual(Object.keys(on), ["push", "pull_request"]);
  assert.match(
    jobs["unit"]?.if ?? "",
    /^github\.event_name == 'push' \|\| .*head\.repo\.full_name != github\.repository$/,
  );
});
