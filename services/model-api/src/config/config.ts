import { type ModelName } from "./model-name.js";
import { type PostgresAddress } from "./postgres-address.js";
import { type ServerAddress } from "./server-address.js";

/** The whole configuration of one service, validated. */
export interface Config {
  readonly host: string;
  /** TCP port to listen on; 0 takes any free one. */
  readonly port: number;
  readonly modelName: ModelName;
  readonly logLevel: "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent";
  /** Where predictions are stored; undefined runs without a database. */
  readonly postgres: PostgresAddress | undefined;
  /** Where predictions are cached; undefined runs without a cache. */
  readonly redis: ServerAddress | undefined;
}
