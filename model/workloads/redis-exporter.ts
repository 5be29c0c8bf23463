import { SECRETS_DIRECTORY } from "../secrets";
import type { Settings } from "../settings/schema";
import type { Workload } from "../workload";
import { programBasics } from "./defaults";
import { REDIS, REDIS_PORT } from "./redis";

/** The name under which peers reach the exporter. */
export const REDIS_EXPORTER = "redis-exporter";
/** The port the exporter listens on. */
export const REDIS_EXPORTER_PORT = 9121;
/** How the exporter and its password file name the server. */
export const REDIS_URL = `redis://${REDIS}:${REDIS_PORT}`;

/** Reads Redis' statistics; its password comes as a JSON map of server to password. */
export function redisExporterWorkload(settings: Settings["exporters"]["redis"]): Workload {
  return {
    ...programBasics(settings),
    name: REDIS_EXPORTER,
    role: "exporter",
    connects: [REDIS],
    env: {
      REDIS_ADDR: REDIS_URL,
      REDIS_PASSWORD_FILE: `${SECRETS_DIRECTORY}/redis-passwords.json`,
    },
    ports: [{ container: REDIS_EXPORTER_PORT }],
    health: { kind: "http", port: REDIS_EXPORTER_PORT, path: "/health" },
  };
}
