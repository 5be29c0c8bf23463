import { type ServerAddress } from "./server-address.js";

/** How to reach the database that keeps predictions. */
export interface PostgresAddress extends ServerAddress {
  readonly database: string;
  readonly user: string;
}
