import type { FileMount } from "../../model/files";
import { declaredSecretFile, secretText, type SecretText } from "../../model/secrets";
import type { ServiceSettings } from "../../model/settings/service";
import type { Settings } from "../../model/settings/schema";
import { POSTGRES } from "../../model/workloads/postgres";
import { REDIS } from "../../model/workloads/redis";
import { postgresAccess, redisAccess } from "../../model/workloads/store-access";
import { secretMount } from "../secret-mount";

/** The passwords of the stores that a service needs, and the secrets that it names. */
export function serviceMounts(
  { needs, secrets }: ServiceSettings,
  { postgres, redis }: Settings,
): FileMount[] {
  const files: Record<string, SecretText> = {
    ...(postgres &&
      needs.includes(POSTGRES) && {
        "postgres-app": secretText`${postgresAccess(postgres).password}`,
      }),
    ...(redis && needs.includes(REDIS) && { redis: secretText`${redisAccess(redis).password}` }),
    ...Object.fromEntries(
      secrets.map((declared) => [declaredSecretFile(declared).file, secretText`${{ declared }}`]),
    ),
  };
  return Object.keys(files).length > 0 ? [secretMount(files)] : [];
}
