import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { TemporaryPlaces } from "../../../../cli/diff/versions/checkout";
import { changedBelow, readVersion, startingPoint } from "../../../../cli/diff/versions/version";
import { UserError } from "../../../../cli/user-error";
import { gitProject } from "../../../support/git-project";

const FILES = { "Pulumi.yaml": "name: acme\n", "api/Dockerfile": "FROM a\n", "docs/a.md": "a\n" };

test("a version is a commit by any name, the working tree, or a folder with a plan", (context) => {
  const { folder, git } = gitProject(context, { ...FILES, "old/plan.json": "{}" });
  git("tag", "v1");
  const commit = git("rev-parse", "HEAD");
  const short = commit.slice(0, 10);
  const tree = { kind: "tree", shown: "working tree" };
  assert.deepEqual(
    [undefined, ".", "v1", commit, "old"].map((given) => readVersion(folder, given)),
    [
      tree,
      tree,
      { kind: "commit", commit, shown: `v1 (${short})` },
      { kind: "commit", commit, shown: short },
      { kind: "folder", folder: path.join(folder, "old"), shown: "old" },
    ],
  );
});

for (const [given, hint] of [
  ["no-such-branch", "If it is a branch of a remote, git fetch it first."],
  ["docs", "The folder holds no plan.json: plan with --out first."],
] as const) {
  test(`${given} is refused with what to do`, (context) => {
    const { folder } = gitProject(context, FILES);
    assert.throws(
      () => readVersion(folder, given),
      new UserError(
        `${given}: found neither a version that git knows nor a folder with a plan. ${hint}`,
      ),
    );
  });
}

test("work starts where it left the default branch", (context) => {
  const { folder, git } = gitProject(context, FILES);
  const first = git("rev-parse", "HEAD");
  git("switch", "--quiet", "--create", "work");
  git("commit", "--quiet", "--allow-empty", "--message", "second");
  const expected = { kind: "commit", commit: first, shown: `main (${first.slice(0, 10)})` };
  assert.deepEqual(startingPoint(folder), expected);
  git("branch", "--quiet", "--move", "main", "trunk");
  assert.throws(
    () => startingPoint(folder),
    new UserError(
      "Found none of origin/main, main, master to compare with. Name the version: whalewatch diff <base>.",
    ),
  );
});

test("what changed below a folder is told, also what git does not know yet", (context) => {
  const { folder, git } = gitProject(context, FILES);
  const base = readVersion(folder, "HEAD");
  const tree = readVersion(folder, ".");
  const below = (head = tree) => changedBelow(folder, base, head, "api");
  assert.deepEqual(below(), []);
  writeFileSync(path.join(folder, "docs/a.md"), "b\n");
  assert.deepEqual(below(), []);
  writeFileSync(path.join(folder, "api/Dockerfile"), "FROM b\n");
  writeFileSync(path.join(folder, "api/new"), "new\n");
  assert.deepEqual(below(), ["api/Dockerfile", "api/new"]);
  git("add", "--all");
  git("commit", "--quiet", "--message", "second");
  assert.deepEqual(below(readVersion(folder, "HEAD")), ["api/Dockerfile", "api/new"]);
  assert.deepEqual(changedBelow(folder, { kind: "folder", folder, shown: "a" }, tree, "api"), []);
});

test("a version is checked out with the packages from here, and leaves nothing behind", (context) => {
  const { folder, git } = gitProject(context, { ...FILES, "package-lock.json": "1" });
  const first = git("rev-parse", "HEAD");
  writeFileSync(path.join(folder, "package-lock.json"), "2");
  const places = new TemporaryPlaces(folder);
  const { directory, samePackages } = places.checkOut("base", first);
  assert.equal(readFileSync(path.join(directory, "Pulumi.yaml"), "utf8"), FILES["Pulumi.yaml"]);
  assert.equal(samePackages, false);
  assert.equal(git("worktree", "list").split("\n").length, 2);
  places.remove();
  places.remove();
  assert.equal(existsSync(path.dirname(directory)), false);
  assert.equal(git("worktree", "list").split("\n").length, 1);
  assert.deepEqual(
    [process.listenerCount("SIGTERM"), git("status", "--short")],
    [0, "M package-lock.json"],
  );
});

test("a project below its repository's root is found in the checkout", (context) => {
  const { folder, git } = gitProject(context, { "infra/Pulumi.yaml": "name: acme\n" });
  const places = new TemporaryPlaces(path.join(folder, "infra"));
  context.after(() => places.remove());
  const { directory, samePackages } = places.checkOut("base", git("rev-parse", "HEAD"));
  assert.ok(existsSync(path.join(directory, "Pulumi.yaml")));
  assert.equal(samePackages, true);
});
