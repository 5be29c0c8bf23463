import { Readable, Writable } from "node:stream";
import { POSTGRES } from "../../model/workloads/postgres";
import type { PlatformAccess } from "../platforms/platform-access";

/** By the socket inside, where the image asks nobody for a password. */
const LOGIN = ["--host", "/var/run/postgresql", "--username", "postgres", "--no-password"];
/** Everybody else's connections are elsewhere, so that every other database can be renamed. */
const OWN_DATABASE = "template1";
/** Objects that came after initdb have higher numbers (FirstNormalObjectId in access/transam.h). */
const FIRST_OF_USERS = 16_384;

/** The stack's own PostgreSQL, by its own tools, as its superuser. */
export class PostgresServer {
  constructor(private readonly platform: Pick<PlatformAccess, "execute">) {}

  /** Its major version, such as 18. */
  async major(): Promise<number> {
    return Math.floor(Number(await this.query("SHOW server_version_num")) / 10_000);
  }

  /** The databases that hold anything of users, by name. */
  async databases(): Promise<string[]> {
    const all = await this.lines(
      "SELECT datname FROM pg_database WHERE datallowconn AND NOT datistemplate ORDER BY datname",
    );
    const kept: string[] = [];
    for (const name of all) {
      // Every server has this one, and hardly anybody puts anything there.
      if (name !== "postgres" || !(await this.isEmpty(name))) kept.push(name);
    }
    return kept;
  }

  /** Whether a database exists. */
  async has(database: string): Promise<boolean> {
    const count = "SELECT count(*) FROM pg_database WHERE datname = :'database'";
    return (await this.query(count, { database })) === "1";
  }

  /** Whether a database has nothing in it but what every new one has. */
  async isEmpty(database: string): Promise<boolean> {
    const catalogs = ["pg_class", "pg_proc", "pg_namespace", "pg_extension"];
    const any = catalogs
      .map((catalog) => `SELECT FROM ${catalog} WHERE oid >= ${FIRST_OF_USERS}`)
      .join(" UNION ALL ");
    return (await this.query(`SELECT NOT EXISTS (${any})`, {}, database)) === "t";
  }

  /** Names of the roles, quoted as SQL needs them. */
  roles(): Promise<string[]> {
    return this.lines("SELECT quote_ident(rolname) FROM pg_roles ORDER BY rolname");
  }

  /** Runs statements, with values as psql's variables, and returns the answer as plain text. */
  async query(
    sql: string,
    variables: Readonly<Record<string, string>> = {},
    database = OWN_DATABASE,
  ): Promise<string> {
    const pieces: Buffer[] = [];
    const output = new Writable({
      write(chunk: Buffer, _encoding, done) {
        pieces.push(chunk);
        done();
      },
    });
    const values = Object.entries(variables).flatMap(([name, value]) => [
      ...["--set", `${name}=${value}`],
    ]);
    const style = ["--no-psqlrc", "--quiet", "--tuples-only", "--no-align"];
    await this.run(["psql", ...style, "--set", "ON_ERROR_STOP=1", ...values], {
      database,
      input: Readable.from([Buffer.from(sql)]),
      output,
    });
    return Buffer.concat(pieces).toString("utf8").trim();
  }

  /** Writes a database as one moment saw it. */
  async dump(database: string, output: Writable): Promise<void> {
    await this.run(["pg_dump", "--format", "custom"], { database, output });
  }

  /** Reads a dump to its end: what is damaged fails here. */
  async proveReadable(dump: Readable): Promise<void> {
    const command = ["pg_restore", "--file", "/dev/null"];
    await this.platform.execute({ workload: POSTGRES, command, input: dump });
  }

  /** Makes the database that a dump is of; there must be none of its name. */
  async restore(dump: Readable): Promise<void> {
    const command = ["pg_restore", ...LOGIN, "--create", "--exit-on-error"];
    await this.platform.execute({
      workload: POSTGRES,
      command: [...command, "--dbname", OWN_DATABASE],
      input: dump,
    });
  }

  /** Writes the roles without passwords: those of a stack are in its state. */
  async dumpRoles(output: Writable): Promise<void> {
    const roles = ["--roles-only", "--no-role-passwords"];
    await this.run(["pg_dumpall", ...roles], { database: OWN_DATABASE, output });
  }

  private async lines(sql: string): Promise<string[]> {
    return (await this.query(sql)).split("\n").filter((line) => line !== "");
  }

  /** With the database in the environment: a name with `=` would be taken for connection settings. */
  private run(
    [program = "", ...args]: readonly string[],
    { database, ...streams }: { database: string; input?: Readable; output?: Writable },
  ): Promise<void> {
    const command = ["env", `PGDATABASE=${database}`, program, ...LOGIN, ...args];
    return this.platform.execute({ workload: POSTGRES, command, ...streams });
  }
}
