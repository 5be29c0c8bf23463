import { GRAFANA_DATABASE } from "../workloads/grafana-database";
import { type Problem, show } from "./problem";
import type { RawSettings } from "./raw-settings";
import type { Settings } from "./schema";

const problem = (setting: string, found: string, allowed: string): Problem => ({
  setting: `whalewatch:${setting}`,
  found,
  allowed,
});

/** Grafana's database exists, is its own, and is there where several share it. */
export function checkGrafana(settings: Settings, raw: RawSettings): Problem[] {
  const { grafana } = settings;
  if (grafana.database === "postgres") return inPostgres(settings, raw);
  const problems: Problem[] = [];
  if (grafana.replicas > 1) {
    problems.push(
      problem(
        "grafana.replicas",
        `${grafana.replicas} replicas, each with users and sessions of its own`,
        "1, or grafana.database: postgres, which all of them share",
      ),
    );
  }
  if (grafana.databaseLogin !== undefined) {
    problems.push(
      problem("grafana.databaseLogin", "a login beside database: volume", "database: postgres"),
    );
  }
  return problems;
}

function inPostgres({ grafana, postgres }: Settings, raw: RawSettings): Problem[] {
  const problems: Problem[] = [];
  const written: unknown = raw.values["grafana"];
  if (typeof written === "object" && written !== null && "storage" in written) {
    problems.push(
      problem("grafana.storage", "a volume beside database: postgres", "one of the two"),
    );
  }
  // An unreadable section is reported by itself.
  if (postgres?.enabled !== true && (postgres !== undefined || !("postgres" in raw.values))) {
    problems.push(
      problem(
        "grafana.database",
        '"postgres" without a Postgres',
        "volume, or whalewatch:postgres beside it",
      ),
    );
  }
  if (postgres?.external !== undefined && grafana.databaseLogin === undefined) {
    problems.push(
      problem(
        "grafana.databaseLogin",
        "nothing beside an external Postgres",
        "database, user and secret of a database there that Grafana owns",
      ),
    );
  }
  if (postgres !== undefined && postgres.external === undefined) {
    if (grafana.databaseLogin !== undefined) {
      problems.push(
        problem(
          "grafana.databaseLogin",
          "a login beside the stack's own Postgres",
          "nothing: database, role and password are made there",
        ),
      );
    }
    if (postgres.database === GRAFANA_DATABASE) {
      problems.push(
        problem(
          "postgres.database",
          `${show(GRAFANA_DATABASE)}, the database of Grafana too`,
          "another name, or grafana.database: volume",
        ),
      );
    }
  }
  return problems;
}
