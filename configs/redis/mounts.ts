import type { FileMount } from "../../model/files";
import { SECRETS_DIRECTORY, secretText } from "../../model/secrets";
import type { Settings } from "../../model/settings/schema";
import { REDIS_CONFIG_DIRECTORY } from "../../model/workloads/redis";
import { passwordFile, secretMount } from "../secret-mount";

/** Share of the memory limit for data; forks for a rewrite and client buffers need the rest. */
const DATA_SHARE = 0.75;

/** redis.conf, and apart from it the password. */
export function redisMounts(settings: NonNullable<Settings["redis"]>): FileMount[] {
  const maxmemory = settings.limits.memory.times(DATA_SHARE).mebibytes;
  const config = [
    "dir /data",
    "appendonly yes",
    `maxmemory ${maxmemory}mb`,
    `maxmemory-policy ${settings.maxmemoryPolicy}`,
    `include ${SECRETS_DIRECTORY}/redis-auth.conf`,
    "",
  ].join("\n");
  return [
    {
      name: "config",
      directory: REDIS_CONFIG_DIRECTORY,
      sensitive: false,
      onChange: "replace",
      files: { "redis.conf": config },
    },
    secretMount({
      redis: passwordFile("redis"),
      "redis-auth.conf": secretText`requirepass ${{ generated: "redis" }}\n`,
    }),
  ];
}
