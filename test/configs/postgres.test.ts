import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { test, type TestContext } from "node:test";
import { START_PROGRAM } from "../../configs/postgres/start";
import { mountsOf, renderedFile } from "../support/rendered";
import { stackFrom } from "../support/stack-settings";
import { temporaryFolder } from "../support/temporary-folder";

const FLAGS = ["-c", "max_connections=100"];

/** Starts a stand-in for the server, with data or without, and returns what was called in order. */
function start(
  context: TestContext,
  { hasData, single = "exit 0" }: { readonly hasData: boolean; readonly single?: string },
) {
  const note = 'echo "$(basename "$0") $*" >>"$CALLS"\n';
  const folder = temporaryFolder(context, {
    // The file's place in the container is nobody's here.
    "start.sh": START_PROGRAM.replace("/run/secrets/passwords.sql", '"$PASSWORDS"'),
    "passwords.sql": "SELECT 'the passwords';\n",
    "bin/postgres": `#!/bin/sh\n${note}cat >"$CALLS.input"\n${single}\n`,
    "bin/docker-entrypoint.sh": `#!/bin/sh\n${note}`,
    ...(hasData && { "data/PG_VERSION": "18\n" }),
  });
  for (const tool of ["postgres", "docker-entrypoint.sh"]) {
    chmodSync(path.join(folder, "bin", tool), 0o755);
  }
  const calls = path.join(folder, "calls");
  const { status } = spawnSync("sh", [path.join(folder, "start.sh"), ...FLAGS], {
    env: {
      PATH: `${path.join(folder, "bin")}:/usr/bin:/bin`,
      PGDATA: path.join(folder, "data"),
      PASSWORDS: path.join(folder, "passwords.sql"),
      CALLS: calls,
    },
  });
  const read = (file: string) => (existsSync(file) ? readFileSync(file, "utf8").trimEnd() : "");
  return {
    status,
    calls: read(calls).replaceAll(folder, ""),
    input: read(`${calls}.input`),
  };
}

test("a first start leaves everything to the image", (context) => {
  const { status, calls } = start(context, { hasData: false });
  assert.deepEqual([status, calls], [0, `docker-entrypoint.sh postgres ${FLAGS.join(" ")}`]);
});

test("a server with data gets today's passwords before anybody can connect", (context) => {
  const { status, calls, input } = start(context, { hasData: true });
  assert.equal(status, 0);
  assert.deepEqual(calls.split("\n"), [
    `postgres --single -D /data ${FLAGS.join(" ")} postgres`,
    `docker-entrypoint.sh postgres ${FLAGS.join(" ")}`,
  ]);
  assert.equal(input, "SELECT 'the passwords';");
});

test("a server that does not take the passwords does not start", (context) => {
  const { status, calls } = start(context, { hasData: true, single: "exit 3" });
  assert.equal(status, 3);
  assert.doesNotMatch(calls, /docker-entrypoint/);
});

for (const [grafana, roles] of [
  [{}, ["postgres", "app", "monitoring"]],
  [{ database: "postgres" }, ["postgres", "app", "monitoring", "grafana"]],
] as const) {
  test(`each of ${roles.join(", ")} has its password set in a line of its own, unlogged`, () => {
    const stack = stackFrom({ postgres: {}, grafana });
    const lines = renderedFile(stack, "postgres/run/secrets/passwords.sql").trimEnd().split("\n");
    assert.deepEqual(lines.slice(0, 2), [
      "SET log_min_error_statement = panic;",
      "SET log_statement = none;",
    ]);
    assert.deepEqual(
      lines.slice(2),
      roles.map(
        (role) =>
          `DO $$ BEGIN IF EXISTS (SELECT FROM pg_roles WHERE rolname = '${role}') THEN ALTER ROLE ${role} PASSWORD '[secret]'; END IF; END $$;`,
      ),
    );
    const [program] = mountsOf(stack, "postgres");
    assert.deepEqual([program?.directory, program?.sensitive], ["/etc/postgres", false]);
  });
}
