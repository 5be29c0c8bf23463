import type { FileMount } from "../../model/files";
import { declaredSecretFile, secretText, type SecretText } from "../../model/secrets";
import type { ServiceSettings } from "../../model/settings/service";
import { POSTGRES } from "../../model/workloads/postgres";
import { REDIS } from "../../model/workloads/redis";
import { passwordFile, secretMount } from "../secret-mount";

/** The passwords of the stores that a service needs, and the secrets that it names. */
export function serviceMounts({ needs, secrets }: ServiceSettings): FileMount[] {
  const files: Record<string, SecretText> = {
    ...(needs.includes(POSTGRES) && { "postgres-app": passwordFile("postgres-app") }),
    ...(needs.includes(REDIS) && { redis: passwordFile("redis") }),
    ...Object.fromEntries(
      secrets.map((declared) => [declaredSecretFile(declared).file, secretText`${{ declared }}`]),
    ),
  };
  return Object.keys(files).length > 0 ? [secretMount(files)] : [];
}
