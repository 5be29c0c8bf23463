import type { FileMount } from "../../model/files";
import { REDIS_URL } from "../../model/workloads/redis-exporter";
import { secretMount } from "../secret-mount";

/** The exporter's password file: a JSON map from server to password. */
export function redisExporterMounts(): FileMount[] {
  const passwords = { parts: [`{"${REDIS_URL}": "`, { generated: "redis" } as const, `"}`] };
  return [secretMount({ "redis-passwords.json": passwords })];
}
