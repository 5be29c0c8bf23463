import type { SecretReference } from "../secrets";
import type { Settings } from "../settings/schema";
import type { OutsidePeer } from "../workload";
import { POSTGRES, POSTGRES_APP_ROLE, POSTGRES_PORT } from "./postgres";
import { REDIS, REDIS_PORT } from "./redis";

/** How a store is reached, the stack's own or one outside. */
export interface StoreAccess {
  readonly host: string;
  readonly port: number;
  readonly password: SecretReference;
  /** Present where the store is outside: no workload of the stack to connect to or wait for. */
  readonly outside?: OutsidePeer;
}

/** How a PostgreSQL database is reached. */
export interface PostgresAccess extends StoreAccess {
  readonly database: string;
  readonly user: string;
  /** As libpq has it. */
  readonly sslmode: string;
}

/** How Redis is reached. */
export interface RedisAccess extends StoreAccess {
  readonly tls: boolean;
}

type PostgresSettings = NonNullable<Settings["postgres"]>;
type RedisSettings = NonNullable<Settings["redis"]>;

/** The application's database, as its owner. */
export function postgresAccess({ external, database }: PostgresSettings): PostgresAccess {
  if (external !== undefined) return externalDatabase(external, external);
  return {
    host: POSTGRES,
    port: POSTGRES_PORT,
    database,
    user: POSTGRES_APP_ROLE,
    // Without TLS: the network between the two is closed to everyone else.
    sslmode: "disable",
    password: { generated: "postgres-app" },
  };
}

/** Any database on the external server, by a login of its own. */
export function externalDatabase(
  { sslmode, ...server }: NonNullable<PostgresSettings["external"]>,
  { database, user, secret }: { database: string; user: string; secret: string },
): PostgresAccess {
  return {
    host: server.host,
    port: server.port,
    database,
    user,
    sslmode,
    password: { declared: secret },
    outside: outsidePeer(server),
  };
}

/** The stack's Redis, or the one outside. */
export function redisAccess({ external }: RedisSettings): RedisAccess {
  if (external === undefined) {
    return { host: REDIS, port: REDIS_PORT, tls: false, password: { generated: "redis" } };
  }
  const { host, port, tls, secret } = external;
  return { host, port, tls, password: { declared: secret }, outside: outsidePeer(external) };
}

/** An address needs no range to be known by. */
export function outsidePeer(peer: { host: string; port: number; cidr?: string | undefined }) {
  const { host, port } = peer;
  const cidr = peer.cidr ?? (/^[\d.]+$/.test(host) ? `${host}/32` : undefined);
  return { host, port, ...(cidr !== undefined && { cidr }) } satisfies OutsidePeer;
}
