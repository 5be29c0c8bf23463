import { setTimeout as sleep } from "node:timers/promises";
import { DatabaseError, Pool } from "pg";
import { type PostgresAddress } from "../config/postgres-address.js";
import { backoffDelay } from "./backoff-delay.js";
import { type ErrorReporter } from "./error-reporter.js";
import { type PredictionRecord } from "./prediction-record.js";
import { type PredictionStore } from "./prediction-store.js";
import { readPassword } from "./read-password.js";

const TIMEOUT_MS = 2000;
const MAX_CONNECTIONS = 5;
const UNDEFINED_TABLE = "42P01";

const CREATE_TABLE = `
  CREATE TABLE IF NOT EXISTS predictions (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    model text NOT NULL,
    hash text NOT NULL,
    whale_id text NOT NULL,
    confidence double precision NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  )`;

const INSERT =
  "INSERT INTO predictions (model, hash, whale_id, confidence) VALUES ($1, $2, $3, $4)";

/**
 * Predictions in the PostgreSQL table `predictions`, which is made where it is missing. It connects
 * when first needed, again after every loss, and tries to make the table until that works.
 */
export class PostgresStore implements PredictionStore {
  readonly #pool: Pool;
  readonly #report: ErrorReporter;
  readonly #closing = new AbortController();

  /** @param report told "database_connection" and "database_setup" for failures in the background. */
  constructor(address: PostgresAddress, report: ErrorReporter) {
    const { host, port, database, user, passwordFile } = address;
    this.#report = report;
    this.#pool = new Pool({
      host,
      port,
      database,
      user,
      ...(passwordFile !== undefined && { password: () => readPassword(passwordFile) }),
      max: MAX_CONNECTIONS,
      connectionTimeoutMillis: TIMEOUT_MS,
      query_timeout: TIMEOUT_MS,
      application_name: "model-api",
    });
    // An idle connection that breaks, as in a database restart, would else end the process.
    this.#pool.on("error", (error) => {
      report("database_connection", error);
    });
    void this.#createTable();
  }

  async insert({ model, hash, whaleId, confidence }: PredictionRecord): Promise<void> {
    try {
      await this.#pool.query(INSERT, [model, hash, whaleId, confidence]);
    } catch (error) {
      // The database was replaced by an empty one: have the table back for the next prediction.
      if (error instanceof DatabaseError && error.code === UNDEFINED_TABLE) {
        await this.#pool.query(CREATE_TABLE);
      }
      throw error;
    }
  }

  async ping(): Promise<void> {
    await this.#pool.query("SELECT 1");
  }

  connections(): number {
    return this.#pool.totalCount;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#pool.end();
  }

  async #createTable(): Promise<void> {
    const { signal } = this.#closing;
    for (let retries = 0; !signal.aborted; retries++) {
      try {
        await this.#pool.query(CREATE_TABLE);
        return;
      } catch (error) {
        this.#report("database_setup", error);
        // Closing ends the wait early, and the loop with it.
        await sleep(backoffDelay(retries), undefined, { signal }).catch(() => undefined);
      }
    }
  }
}
