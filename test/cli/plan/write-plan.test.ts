import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { writePlan } from "../../../cli/plan/write-plan";
import { UserError } from "../../../cli/user-error";
import { filesBelow } from "../../support/files-below";
import { plannedResource, VOLUME } from "../../support/planned-resource";
import { samplePlan } from "../../support/planned";
import { temporaryFolder } from "../../support/temporary-folder";

const file = (name: string) => ({ workload: "api", path: `/etc/api/${name}`, text: `${name}\n` });

test("a plan takes the place of an earlier one: files no longer provisioned go", async (context) => {
  const folder = path.join(temporaryFolder(context), "new/out");
  await writePlan(folder, samplePlan(), [file("old"), file("kept")], []);
  const resources = [plannedResource(VOLUME, "data-volume", { protect: true })];
  await writePlan(folder, samplePlan({ stack: "second" }), [file("kept")], resources);
  assert.deepEqual(
    [...filesBelow(folder).keys()],
    ["files/api/etc/api/kept", "plan.json", "resources.json", "topology.svg"],
  );
  assert.equal(readFileSync(path.join(folder, "files/api/etc/api/kept"), "utf8"), "kept\n");
  const text = readFileSync(path.join(folder, "plan.json"), "utf8");
  assert.equal(text, `${JSON.stringify(samplePlan({ stack: "second" }), null, 2)}\n`);
  const written = readFileSync(path.join(folder, "resources.json"), "utf8");
  assert.deepEqual(JSON.parse(written), resources);
});

test("a folder with anything else in it is left alone and told, so that no project is lost", async (context) => {
  const folder = temporaryFolder(context, { "files/notes.md": "mine", "index.ts": "mine" });
  await assert.rejects(writePlan(folder, samplePlan(), [file("new")], []), (error) => {
    assert.ok(error instanceof UserError);
    assert.equal(
      error.message,
      `${folder} holds something else, such as files. Choose a new or empty folder with --out.`,
    );
    return true;
  });
  assert.deepEqual(
    [...filesBelow(folder)],
    [
      ["files/notes.md", "mine"],
      ["index.ts", "mine"],
    ],
  );
});

test("what someone laid beside a plan stays", async (context) => {
  const folder = temporaryFolder(context);
  await writePlan(folder, samplePlan(), [], []);
  writeFileSync(path.join(folder, "review.md"), "mine");
  await writePlan(folder, samplePlan(), [], []);
  assert.ok(existsSync(path.join(folder, "review.md")));
});
