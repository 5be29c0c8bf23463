import assert from "node:assert/strict";
import { test } from "node:test";
import { missingRoles } from "../../../cli/backup/missing-roles";

/** As `pg_dumpall --roles-only --no-role-passwords` writes them. */
const ROLES = `SET default_transaction_read_only = off;
CREATE ROLE app;
ALTER ROLE app WITH NOSUPERUSER LOGIN;
CREATE ROLE "Read Only";
ALTER ROLE "Read Only" WITH NOSUPERUSER NOLOGIN;
ALTER ROLE "Read Only" SET statement_timeout TO '5s';
CREATE ROLE monitoring;
GRANT pg_monitor TO monitoring WITH INHERIT TRUE GRANTED BY postgres;
GRANT app TO "Read Only" WITH INHERIT TRUE GRANTED BY postgres;
`;

test("the roles that a server has are left as they are", () => {
  const existing = ["app", '"Read Only"', "monitoring"];
  assert.deepEqual(missingRoles(ROLES, existing), { names: [], statements: [] });
});

test("a role that a server lacks is made with its settings and memberships, and no other is touched", () => {
  assert.deepEqual(missingRoles(ROLES, ["app", "monitoring"]), {
    names: ['"Read Only"'],
    statements: [
      'CREATE ROLE "Read Only";',
      'ALTER ROLE "Read Only" WITH NOSUPERUSER NOLOGIN;',
      "ALTER ROLE \"Read Only\" SET statement_timeout TO '5s';",
      'GRANT app TO "Read Only" WITH INHERIT TRUE GRANTED BY postgres;',
    ],
  });
});
