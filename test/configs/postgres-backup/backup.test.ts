import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, describe, test } from "node:test";
import { BACKUP_PROGRAM } from "../../../configs/postgres-backup/backup";
import { temporaryFolder } from "../../support/temporary-folder";

/** PostgreSQL's tools as far as the program calls them; each notes its call and may be told to fail. */
const TOOLS: Readonly<Record<string, string>> = {
  pg_dumpall: "echo 'CREATE ROLE app;'",
  pg_dump: 'echo "dump of $PGDATABASE" >"$5"',
  pg_restore: "true",
  psql: 'case "$*" in *datname*) printf "app\\ntwo words\\n" ;; *) echo "$*"; cat ;; esac >&1',
};

const PASSWORD = "not-in-any-argument";

class Server {
  private readonly folder = temporaryFolder({ after });
  readonly backups = path.join(this.folder, "backups");
  private readonly calls = path.join(this.folder, "calls");

  constructor(failing: Readonly<Record<string, string>> = {}) {
    mkdirSync(path.join(this.folder, "bin"));
    for (const [tool, body] of Object.entries({ ...TOOLS, ...failing })) {
      const file = path.join(this.folder, "bin", tool);
      const note = `echo "${tool} $* < $(cat "$PGPASSFILE")" >>'${this.calls}'`;
      writeFileSync(file, `#!/bin/sh\n${note}\n${body}\n`);
      chmodSync(file, 0o755);
    }
    writeFileSync(this.calls, "");
    writeFileSync(path.join(this.folder, "password"), PASSWORD);
    writeFileSync(path.join(this.folder, "backup.sh"), BACKUP_PROGRAM);
    mkdirSync(this.backups);
  }

  run(keep = 3) {
    const { status, stdout, stderr } = spawnSync("sh", [path.join(this.folder, "backup.sh")], {
      encoding: "utf8",
      env: {
        PATH: `${path.join(this.folder, "bin")}:${process.env["PATH"] ?? ""}`,
        TMPDIR: this.folder,
        PASSWORD_FILE: path.join(this.folder, "password"),
        BACKUPS: this.backups,
        KEEP: String(keep),
        REPORT_ROLE: "monitoring",
      },
    });
    return { status, stdout, stderr, calls: readFileSync(this.calls, "utf8") };
  }

  /** A finished backup of another day. */
  earlier(name: string): void {
    mkdirSync(path.join(this.backups, name));
  }

  get finished(): string[] {
    return readdirSync(this.backups).filter((name) => name !== ".lock");
  }

  /** Whatever the program left beside the backups. */
  get leftBehind(): string[] {
    const expected = ["backup.sh", "backups", "bin", "calls", "password"];
    return readdirSync(this.folder).filter((name) => !expected.includes(name));
  }
}

test("a backup has the roles, every database and their digests, and tells the server of itself", () => {
  const server = new Server();
  const { status, stdout, stderr, calls } = server.run();
  assert.equal(status, 0, stderr);
  const [name = "", ...others] = server.finished;
  assert.deepEqual(others, []);
  assert.match(name, /^\d{8}T\d{6}Z$/);
  const folder = path.join(server.backups, name);
  const files = ["SHA256SUMS", "app.dump", "roles.sql", "two words.dump"];
  assert.deepEqual(readdirSync(folder).sort(), files);
  assert.equal(readFileSync(path.join(folder, "two words.dump"), "utf8"), "dump of two words\n");
  assert.equal(spawnSync("sha256sum", ["--check", "SHA256SUMS"], { cwd: folder }).status, 0);
  assert.match(stdout, /--set role=monitoring --set finished=\d{10} --set bytes=\d+$/m);
  assert.match(stdout, /^ALTER ROLE :"role" SET whalewatch\.backup_finished_at = :'finished';$/m);
  assert.match(stdout, new RegExp(`^finished ${name}: \\d+ bytes, databases: app two words$`, "m"));
  // Each dump was read back whole, and each tool logged in by the file.
  assert.equal(calls.match(/^pg_restore --file \/dev\/null /gm)?.length, 2);
  const logins = calls.trim().split("\n");
  assert.ok(logins.every((call) => call.endsWith(` < *:*:*:*:${PASSWORD}`)));
  assert.deepEqual(server.leftBehind, [], "the password's file is gone");
});

describe("whatever fails ends it with an error, and leaves what was there", () => {
  for (const [what, failing] of [
    ["the roles", { pg_dumpall: "exit 1" }],
    ["the list of databases", { psql: "exit 2" }],
    ["a dump", { pg_dump: '[ "$PGDATABASE" = app ] || exit 1\necho half >"$5"' }],
    ["reading a dump back", { pg_restore: "exit 1" }],
    ["the digests", { sha256sum: "exit 1" }],
  ] as const) {
    test(what, () => {
      const server = new Server(failing);
      server.earlier("20260101T000000Z");
      const { status } = server.run(1);
      assert.notEqual(status, 0);
      assert.deepEqual(server.finished, ["20260101T000000Z"]);
      assert.deepEqual(server.leftBehind, []);
    });
  }

  test("the report, though the backup itself is whole and stays", () => {
    const report = 'case "$*" in *datname*) echo app ;; *) exit 3 ;; esac';
    const server = new Server({ psql: report });
    assert.notEqual(server.run().status, 0);
    assert.equal(server.finished.length, 1);
  });
});

test("as many are kept as declared, the newest; nothing else in the folder is touched", () => {
  const server = new Server();
  for (const day of ["01", "02", "03"]) server.earlier(`202601${day}T023000Z`);
  server.earlier("by-hand");
  const { status, stdout } = server.run(2);
  assert.equal(status, 0);
  const [kept, newest, byHand, ...others] = server.finished.sort();
  assert.deepEqual([kept, byHand, others], ["20260103T023000Z", "by-hand", []]);
  assert.match(newest ?? "", /^\d{8}T\d{6}Z$/);
  assert.match(stdout, /^removed 20260101T023000Z$/m);
});

test("what a killed run left is cleared; a run beside another is refused", async () => {
  const server = new Server();
  server.earlier(".20260101T023000Z.partial");
  assert.equal(server.run().status, 0);
  assert.equal(server.finished.length, 1);
  const lock = path.join(server.backups, ".lock");
  const holder = spawn("flock", [lock, "sh", "-c", "echo held; read -r _"]);
  await firstLine(holder);
  const { status, stderr } = server.run();
  holder.stdin.end();
  assert.equal(status, 1);
  assert.match(stderr, /another backup is running/);
});

function firstLine(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.stdout?.once("data", () => {
      resolve();
    });
  });
}
