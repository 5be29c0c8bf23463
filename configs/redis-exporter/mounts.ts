import type { FileMount } from "../../model/files";
import type { SecretReference } from "../../model/secrets";
import type { Settings } from "../../model/settings/schema";
import { redisUrl } from "../../model/workloads/redis-exporter";
import { redisAccess } from "../../model/workloads/store-access";
import { secretMount } from "../secret-mount";

/** The exporter's password file: a JSON map from server to password. */
export function redisExporterMounts(redis: NonNullable<Settings["redis"]>): FileMount[] {
  const access = redisAccess(redis);
  const parts = [`{"${redisUrl(access)}": "`, insideJson(access.password), `"}`];
  return [secretMount({ "redis-passwords.json": { parts } })];
}

/** Generated passwords are letters and digits; anybody else's may hold a quotation mark. */
function insideJson(password: SecretReference): SecretReference {
  return "declared" in password ? { ...password, within: "json" } : password;
}
