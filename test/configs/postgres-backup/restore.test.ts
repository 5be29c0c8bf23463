import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, readFileSync } from "node:fs";
import path from "node:path";
import { after, test } from "node:test";
import { RESTORE_PROGRAM } from "../../../configs/postgres-backup/restore";
import { temporaryFolder } from "../../support/temporary-folder";

const BACKUP = "20260101T023000Z";

/** Runs the program with a server that has the database; every statement is noted. */
function restore(args: readonly string[], changes: Readonly<Record<string, string>> = {}) {
  const folder = temporaryFolder(
    { after },
    {
      "restore.sh": RESTORE_PROGRAM,
      password: "secret",
      statements: "",
      [`backups/${BACKUP}/app.dump`]: "dump",
      "bin/psql":
        '#!/bin/sh\nstatement=$(cat)\necho "$statement" >>"$NOTES"\ncase $statement in *count*) echo 1 ;; esac\n',
      "bin/pg_restore": "#!/bin/sh\nexit 0\n",
      ...changes,
    },
  );
  for (const tool of ["psql", "pg_restore"]) chmodSync(path.join(folder, "bin", tool), 0o755);
  const backup = path.join(folder, "backups", BACKUP);
  spawnSync("sh", ["-c", "sha256sum app.dump >SHA256SUMS"], { cwd: backup });
  const notes = path.join(folder, "statements");
  const { status, stderr } = spawnSync("sh", [path.join(folder, "restore.sh"), ...args], {
    encoding: "utf8",
    env: {
      PATH: `${path.join(folder, "bin")}:${process.env["PATH"] ?? ""}`,
      TMPDIR: folder,
      NOTES: notes,
      PASSWORD_FILE: path.join(folder, "password"),
      BACKUPS: path.join(folder, "backups"),
    },
  });
  return { status, stderr, statements: readFileSync(notes, "utf8") };
}

test("the present database is put aside, and nothing drops it", () => {
  const { status, statements } = restore([BACKUP, "app"]);
  assert.equal(status, 0);
  assert.match(statements, /RENAME TO :"aside"/);
  assert.doesNotMatch(statements, /DROP/);
});

test("what cannot be restored leaves the database as it was", () => {
  const { status, stderr, statements } = restore([BACKUP, "app"], {
    "bin/pg_restore": "#!/bin/sh\nexit 1\n",
  });
  assert.equal(status, 1);
  assert.match(stderr, /the restore failed; app is as it was/);
  const [, back] = statements.split('DROP DATABASE IF EXISTS :"database"');
  assert.match(back ?? "", /"aside" RENAME TO :"database";\n.*ALLOW_CONNECTIONS true/);
});

test("what is not there is answered with what is, and nothing is touched", () => {
  for (const args of [[], [BACKUP], [BACKUP, "other"], ["20250101T000000Z", "app"]]) {
    const { status, stderr, statements } = restore(args);
    assert.equal(status, 2);
    assert.match(stderr, new RegExp(`^\\./${BACKUP}/app\\.dump$`, "m"));
    assert.equal(statements, "");
  }
});
