import assert from "node:assert/strict";
import { chmodSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { ok } from "../../../cli/doctor/diagnosis";
import {
  checkBackend,
  checkFiles,
  checkPassphrase,
  unfinishedExports,
} from "../../../cli/doctor/state";
import { temporaryFolder } from "../../support/temporary-folder";

const FIX = "npm run doctor -- --stack dev --fix";

test("a state elsewhere is named without its password; one here is looked at", (context) => {
  const setBy = "PULUMI_BACKEND_URL";
  assert.deepEqual(checkBackend({ url: "postgres://me:hunter2@db/state", setBy }), [
    ok("state", "postgres://***@db/state (PULUMI_BACKEND_URL)"),
  ]);
  const folder = temporaryFolder(context);
  const [found, space] = checkBackend({ url: `file://${folder}`, setBy: "default" });
  assert.deepEqual(found, ok("state", `file://${folder} (default)`));
  assert.equal(space?.what, "state's disk");
  const missing = path.join(folder, "missing");
  assert.deepEqual(
    checkBackend({ url: `file://${missing}?x=1`, setBy: "default" }).map(({ status }) => status),
    ["fail"],
  );
});

test("a passphrase is there, and its owner's alone", (context) => {
  const folder = temporaryFolder(context, { passphrase: "secret" });
  const file = path.join(folder, "passphrase");
  const check = (environment: NodeJS.ProcessEnv) => checkPassphrase(environment).status;
  chmodSync(file, 0o600);
  assert.equal(check({ PULUMI_CONFIG_PASSPHRASE_FILE: file }), "ok");
  chmodSync(file, 0o640);
  assert.equal(check({ PULUMI_CONFIG_PASSPHRASE_FILE: file }), "warn");
  assert.equal(check({ PULUMI_CONFIG_PASSPHRASE_FILE: path.join(folder, "no") }), "fail");
  assert.equal(check({ PULUMI_CONFIG_PASSPHRASE: "" }), "ok");
});

test("exports that were not finished are stale files, of this stack alone", (context) => {
  const folder = temporaryFolder(context, {
    "exports/dev/a.json": "",
    "exports/dev/b.json.part": "",
    "exports/prod/c.json.part": "",
  });
  const stale = unfinishedExports(folder, "dev");
  assert.deepEqual(stale, [path.join(folder, "exports/dev/b.json.part")]);
  assert.equal(checkFiles(stale, FIX).toDo, FIX);
  assert.deepEqual(unfinishedExports(folder, "new"), []);
  assert.deepEqual(checkFiles([], FIX), ok("files", "no stale file"));
});
