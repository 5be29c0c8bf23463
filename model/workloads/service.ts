import { declaredSecretFile, SECRETS_DIRECTORY } from "../secrets";
import type { Settings } from "../settings/schema";
import type { ServiceSettings } from "../settings/service";
import { Size } from "../units/size";
import type { HealthCheck, Port, Workload } from "../workload";
import { SERVICES_NETWORK, workloadDefaults } from "./defaults";
import { POSTGRES, POSTGRES_APP_ROLE, POSTGRES_PORT } from "./postgres";
import { REDIS, REDIS_PORT } from "./redis";

/** One of the user's services. What it needs becomes connections and the variables to use them. */
export function serviceWorkload(
  name: string,
  service: ServiceSettings,
  settings: Settings,
): Workload {
  const { image, build, command, limits, user, readOnlyRoot, replicas, internet, stopGrace } =
    service;
  const health = healthOf(service);
  return {
    ...workloadDefaults,
    name,
    role: "service",
    image,
    ...(build && { build }),
    ...(command && { command }),
    replicas,
    ...(service.autoscale && { autoscale: service.autoscale }),
    ...(service.host !== undefined && { host: service.host }),
    limits,
    user,
    readOnlyRoot,
    internet,
    stopGrace,
    network: SERVICES_NETWORK,
    connects: service.needs,
    ports: portsOf(service),
    ...(health && { health }),
    env: { ...connectionVariables(service, settings), ...secretVariables(service), ...service.env },
    volumes: Object.entries(service.volumes).map(([volume, { path, storage }]) => ({
      name: volume,
      path,
      storage,
    })),
    scratch: [{ path: "/tmp", size: Size.mebibytes(64) }],
  };
}

function portsOf({ port, publish }: ServiceSettings): Port[] {
  if (port === undefined) return [];
  return [{ container: port, ...(publish && { publish }) }];
}

function healthOf({ health, healthCommand, port }: ServiceSettings): HealthCheck | undefined {
  if (healthCommand !== undefined) return { kind: "command", command: healthCommand };
  if (health === false || port === undefined) return undefined;
  return { kind: "http", port, path: health };
}

/** Address, role and password file of each need, under the names their client libraries expect. */
function connectionVariables(
  { needs }: ServiceSettings,
  settings: Settings,
): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const need of needs) {
    if (need === POSTGRES && settings.postgres !== undefined) {
      variables["POSTGRES_HOST"] = POSTGRES;
      variables["POSTGRES_PORT"] = String(POSTGRES_PORT);
      variables["POSTGRES_DB"] = settings.postgres.database;
      variables["POSTGRES_USER"] = POSTGRES_APP_ROLE;
      variables["POSTGRES_PASSWORD_FILE"] = `${SECRETS_DIRECTORY}/postgres-app`;
    } else if (need === REDIS) {
      variables["REDIS_HOST"] = REDIS;
      variables["REDIS_PORT"] = String(REDIS_PORT);
      variables["REDIS_PASSWORD_FILE"] = `${SECRETS_DIRECTORY}/redis`;
    } else {
      const port = settings.services[need]?.port;
      const prefix = need.toUpperCase().replaceAll("-", "_");
      if (port !== undefined) variables[`${prefix}_URL`] = `http://${need}:${port}`;
    }
  }
  return variables;
}

function secretVariables({ secrets }: ServiceSettings): Record<string, string> {
  return Object.fromEntries(
    secrets.map(declaredSecretFile).map(({ variable, path }) => [variable, path]),
  );
}
