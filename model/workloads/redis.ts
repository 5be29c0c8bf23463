import { SECRETS_DIRECTORY } from "../secrets";
import type { Settings } from "../settings/schema";
import { Size } from "../units/size";
import type { Workload } from "../workload";
import { programBasics } from "./defaults";

/** The name under which peers reach Redis. */
export const REDIS = "redis";
/** The port Redis listens on. */
export const REDIS_PORT = 6379;
/** Where its configuration is provisioned. */
export const REDIS_CONFIG_DIRECTORY = "/etc/redis";

/** Redis with an append-only file, a password and a memory ceiling below its limit. */
export function redisWorkload(settings: NonNullable<Settings["redis"]>): Workload {
  return {
    ...programBasics(settings),
    name: REDIS,
    role: "store",
    network: REDIS,
    command: ["redis-server", `${REDIS_CONFIG_DIRECTORY}/redis.conf`],
    ports: [{ container: REDIS_PORT }],
    // Without the password redis-cli would print NOAUTH and still exit with 0.
    health: {
      kind: "shell",
      line: `REDISCLI_AUTH="$(cat ${SECRETS_DIRECTORY}/redis)" redis-cli ping | grep -q PONG`,
    },
    volumes: [{ name: "data", path: "/data", storage: settings.storage }],
    scratch: [{ path: "/tmp", size: Size.mebibytes(16) }],
  };
}
