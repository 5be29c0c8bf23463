import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import {
  applyGrafanaPassword,
  GRAFANA_PASSWORD_PROGRAM,
} from "../../../cli/rotate/grafana-password";
import { UserError } from "../../../cli/user-error";
import type { Execution } from "../../../cli/platforms/platform-access";
import { temporaryFolder } from "../../support/temporary-folder";

const GRAFANA = `#!/bin/sh
printf '%s|%s|%s|' "$*" "\${GF_DATABASE_PASSWORD-none}" "$GOMEMLIMIT" >"$NOTES"
cat >>"$NOTES"
`;

for (const [where, files, database] of [
  ["its own database", {}, "none"],
  ["Postgres", { "secrets/postgres-grafana": "of-the-role" }, "of-the-role"],
] as const) {
  test(`Grafana with ${where} reads its new password from its file, and none is an argument`, (context) => {
    const folder = temporaryFolder(context, {
      "bin/grafana": GRAFANA,
      "secrets/grafana-admin": "of-the-admin",
      ...files,
    });
    chmodSync(path.join(folder, "bin/grafana"), 0o755);
    const notes = path.join(folder, "notes");
    const args = ["-c", GRAFANA_PASSWORD_PROGRAM, "sh", path.join(folder, "secrets")];
    const { status, stderr } = spawnSync("sh", args, {
      encoding: "utf8",
      env: { PATH: `${folder}/bin:/usr/bin:/bin`, GF_PATHS_HOME: "/home", NOTES: notes },
    });
    assert.deepEqual([status, stderr], [0, ""]);
    assert.equal(
      readFileSync(notes, "utf8"),
      `cli --homepath /home admin reset-admin-password --password-from-stdin|${database}|48MiB|of-the-admin`,
    );
  });
}

test("it runs inside Grafana, with no arguments of its own; a refusal says what to do", async () => {
  const executed: Execution[] = [];
  const platform = {
    execute: (execution: Execution) => {
      executed.push(execution);
      return Promise.reject(new UserError("no such table: user"));
    },
  };
  await assert.rejects(applyGrafanaPassword(platform, "npm run rotate -- grafana"), {
    name: "UserError",
    message:
      "Grafana's administrator did not get the password that the stack has: no such table: user\nTo give it another: npm run rotate -- grafana",
  });
  assert.deepEqual(executed, [
    { workload: "grafana", command: ["sh", "-c", GRAFANA_PASSWORD_PROGRAM] },
  ]);
});
