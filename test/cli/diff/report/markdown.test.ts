import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { fileDiffs } from "../../../../cli/diff/file-diffs";
import { COMMENT_MARKER, LONGEST_COMMENT, markdown } from "../../../../cli/diff/report/markdown";
import {
  type FailedStack,
  type Report,
  stackReport,
  type StackReport,
} from "../../../../cli/diff/report/stack-report";
import type { WrittenPlan } from "../../../../cli/plan/read-plan";
import { baseOfPair, headOfPair, PLANTED, writtenPlan } from "../../../support/planned-pair";

const GOLDEN = path.resolve(__dirname, "../../../golden/diff/comment.md");

const reportOf = (...stacks: (StackReport | FailedStack)[]): Report => ({
  base: "main (0123456789)",
  head: "working tree",
  stacks,
  notes: [],
});
const pair = () => stackReport(baseOfPair(), headOfPair());

function assertFoldsEnd(text: string): void {
  const lines = text.split("\n");
  const opened = lines.filter((line) => line.startsWith("<details>")).length;
  assert.equal(lines.filter((line) => line === "</details>").length, opened);
}

test("a comment is test/golden/diff/comment.md (UPDATE_GOLDEN=1 writes it anew)", () => {
  const reportUrl = "https://example.org/report";
  const text = markdown({ ...reportOf(pair()), notes: ["The packages differ."] }, { reportUrl });
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(GOLDEN, text);
  assert.equal(text, readFileSync(GOLDEN, "utf8"));
});

test("a comment begins with what it is found by", () => {
  assert.ok(markdown(reportOf(pair())).startsWith(COMMENT_MARKER));
});

test("secrets that were planted in settings, files and commands are not shown", () => {
  const text = markdown(reportOf(pair()));
  assert.deepEqual(
    PLANTED.filter((secret) => text.includes(secret)),
    [],
  );
  assert.ok(text.includes("[looks like a secret]"));
});

test("text of a plan ends no block, mentions nobody and is no HTML", () => {
  const text = markdown(reportOf(pair()));
  assertFoldsEnd(text);
  const outside = text.replace(/^(`{3,}).*\n[\s\S]*?^\1$/gm, "");
  assert.equal(outside.includes("@everyone"), false);
});

for (const [what, before, after, expected] of [
  ["nothing changes", baseOfPair(), baseOfPair(), "### try\n\nNothing changes.\n"],
  [
    "a stack file that is gone",
    baseOfPair(),
    undefined,
    "### try\n\nIts stack file is gone. **That takes nothing down:** what runs stays until `npm run down -- --stack try` with an earlier version.\n",
  ],
] as const) {
  test(`${what}: a line says so`, () => {
    const text = markdown(reportOf(stackReport(before, after)));
    assert.equal(text.slice(text.indexOf("### ")), expected);
  });
}

test("a new stack is told as one", () => {
  const text = markdown(reportOf(stackReport(undefined, headOfPair())));
  assert.match(text, /### try\n\nA new stack\. \*\*3 created\*\* · 0 → 7 resources: 7 created\n/);
  assert.match(text, /memory 0 → 416 of 0 → 2048 MiB/);
});

test("a version that cannot be planned is told with the reason, beside the stacks that can", () => {
  const message = "Pulumi.prod.yaml has 1 problem\n  ```whalewatch:host```: found lots";
  const text = markdown(reportOf({ stack: "prod", version: "working tree", message }, pair()));
  assert.ok(
    text.includes(
      "### prod\n\n> [!CAUTION]\n> `working tree` cannot be planned.\n\n````text\nPulumi.prod.yaml has 1 problem\n  ```whalewatch:host```: found lots\n````\n",
    ),
  );
  assert.ok(text.includes("### try"));
});

const policies = (...levels: ("mandatory" | "advisory")[]): WrittenPlan => {
  const head = headOfPair();
  const violations = levels.map((level) => ({
    policy: "limits",
    level,
    resource: "worker-container",
    workload: "worker",
    urn: null,
    message: "Container 'worker' has no memory limit.",
    remedy: "Set limits.memory.",
  }));
  const found = { checked: ["limits", "pinned-images"], violations, exceptions: [] };
  return { ...head, plan: { ...head.plan, policies: found } };
};
for (const [level, mark] of [
  ["mandatory", "CAUTION"],
  ["advisory", "WARNING"],
] as const) {
  test(`a violated policy of the level ${level} is told first`, () => {
    const text = markdown(reportOf(stackReport(baseOfPair(), policies(level))));
    assert.ok(
      text.includes(
        `> [!${mark}]\n> 1 violation of 2 policies:\n> - ${level} \`limits\` **new:** Container 'worker' has no memory limit. Set limits.memory.\n`,
      ),
      text,
    );
  });
}

test("policies that all hold are a line", () => {
  const text = markdown(reportOf(stackReport(baseOfPair(), policies())));
  assert.ok(text.includes("\nAll 2 policies hold.\n"));
});

const lines = (count: number, word: string): string =>
  Array.from({ length: count }, (_, index) => `${word} ${index}\n`).join("");

test("however much changes, a comment is one that GitHub takes and says what it leaves out", () => {
  const files = (word: string) =>
    Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [
        `api/etc/file-${index}`,
        lines(350, `a longer ${word} line`),
      ]),
    );
  const big = stackReport(writtenPlan({}, [], files("old")), writtenPlan({}, [], files("new")));
  const text = markdown(reportOf(big, big, big));
  assert.ok(text.length <= LONGEST_COMMENT, String(text.length));
  assert.ok(text.length > LONGEST_COMMENT / 2, String(text.length));
  assert.match(text, /Left out for want of room: `api\/etc\/file-\d+`, .+ and \d+ more\./);
  assert.match(text, /\n\.\.\. \d+ lines left out\n/);
  assertFoldsEnd(text);
});

test("a file that is another one altogether is not searched for what they share", () => {
  const file = (word: string) => ({ "api/etc/large": lines(4000, word) });
  const [diff] = fileDiffs(writtenPlan({}, [], file("old")), writtenPlan({}, [], file("new")));
  assert.deepEqual(
    [diff?.addedLines, diff?.removedLines, diff?.patch],
    [4001, 4001, "@@ more than 5000 lines differ @@"],
  );
});

test("a hundred stacks are one comment, too", () => {
  const many = Array.from({ length: 100 }, () => pair());
  const text = markdown(reportOf(...many));
  assert.ok(text.length <= LONGEST_COMMENT, String(text.length));
  assert.equal(text.split("### try").length, 101);
  assertFoldsEnd(text);
});
