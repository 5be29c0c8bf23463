import { SECRETS_DIRECTORY } from "../secrets";
import type { Settings } from "../settings/schema";
import type { Workload } from "../workload";
import { EXPORTER_CONNECT_TIMEOUT, programBasics } from "./defaults";
import { REDIS } from "./redis";
import { type RedisAccess, redisAccess } from "./store-access";

/** The name under which peers reach the exporter. */
export const REDIS_EXPORTER = "redis-exporter";
/** The port the exporter listens on. */
export const REDIS_EXPORTER_PORT = 9121;
/** How the exporter and its password file name the server. */
export function redisUrl({ host, port, tls }: RedisAccess): string {
  return `${tls ? "rediss" : "redis"}://${host}:${port}`;
}

/** Reads Redis' statistics; its password comes as a JSON map of server to password. */
export function redisExporterWorkload(
  settings: Settings["exporters"]["redis"],
  redis: NonNullable<Settings["redis"]>,
): Workload {
  const access = redisAccess(redis);
  return {
    ...programBasics(settings),
    name: REDIS_EXPORTER,
    role: "exporter",
    ...(access.outside ? { outside: [access.outside] } : { connects: [REDIS] }),
    env: {
      REDIS_ADDR: redisUrl(access),
      REDIS_EXPORTER_CONNECTION_TIMEOUT: EXPORTER_CONNECT_TIMEOUT.toSecondsString(),
      REDIS_PASSWORD_FILE: `${SECRETS_DIRECTORY}/redis-passwords.json`,
    },
    ports: [{ container: REDIS_EXPORTER_PORT }],
    health: { kind: "http", port: REDIS_EXPORTER_PORT, path: "/health" },
  };
}
