import { declaredSecretFile, SECRETS_DIRECTORY } from "../secrets";
import type { Settings } from "../settings/schema";
import type { ServiceSettings } from "../settings/service";
import { Size } from "../units/size";
import type { HealthCheck, Port, Workload } from "../workload";
import { SERVICES_NETWORK, workloadDefaults } from "./defaults";
import { POSTGRES } from "./postgres";
import { REDIS } from "./redis";
import { postgresAccess, redisAccess, type StoreAccess } from "./store-access";

/** One of the user's services. What it needs becomes connections and the variables to use them. */
export function serviceWorkload(
  name: string,
  service: ServiceSettings,
  settings: Settings,
): Workload {
  const { image, build, command, limits, user, readOnlyRoot, replicas, internet, stopGrace } =
    service;
  const health = healthOf(service);
  const stores = storesOf(service, settings);
  const outside = Object.values(stores).flatMap((store) => store?.outside ?? []);
  return {
    ...workloadDefaults,
    name,
    role: "service",
    image,
    ...(build && { build }),
    ...(command && { command }),
    replicas,
    ...(isLookedUp(service, settings) && { everyReplicaName: everyReplicaName(name) }),
    ...(service.autoscale && { autoscale: service.autoscale }),
    ...(service.host !== undefined && { host: service.host }),
    limits,
    user,
    readOnlyRoot,
    internet,
    stopGrace,
    ...(service.startWithin && { startWithin: service.startWithin }),
    network: SERVICES_NETWORK,
    connects: service.needs.filter((need) => stores[need]?.outside === undefined),
    ...(outside.length > 0 && { outside }),
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

/**
 * The name under which Prometheus looks a service up in a cluster, whose DNS has no pod that is not
 * ready under the service's own: what is unwell would look as if it were not there.
 */
export function everyReplicaName(service: string): string {
  return `${service}-replicas`;
}

const isLookedUp = (
  { metrics, port }: ServiceSettings,
  { platform, monitoring, prometheus }: Settings,
): boolean =>
  platform === "kubernetes" &&
  monitoring.enabled &&
  prometheus.mode === "server" &&
  metrics !== false &&
  port !== undefined;

function portsOf({ port, publish }: ServiceSettings): Port[] {
  if (port === undefined) return [];
  return [{ container: port, ...(publish && { publish }) }];
}

function healthOf({ health, healthCommand, port }: ServiceSettings): HealthCheck | undefined {
  if (healthCommand !== undefined) return { kind: "command", command: healthCommand };
  if (health === false || port === undefined) return undefined;
  return { kind: "http", port, path: health };
}

/** The stores that a service needs, by name. */
function storesOf(
  { needs }: ServiceSettings,
  { postgres, redis }: Settings,
): Partial<Record<string, StoreAccess>> {
  return {
    ...(postgres && needs.includes(POSTGRES) && { [POSTGRES]: postgresAccess(postgres) }),
    ...(redis && needs.includes(REDIS) && { [REDIS]: redisAccess(redis) }),
  };
}

/**
 * Address, role and password file of each need, under the names their client libraries expect; of a
 * store outside also how connections are encrypted.
 */
function connectionVariables(
  { needs }: ServiceSettings,
  settings: Settings,
): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const need of needs) {
    if (need === POSTGRES && settings.postgres !== undefined) {
      const { host, port, database, user, sslmode, outside } = postgresAccess(settings.postgres);
      variables["POSTGRES_HOST"] = host;
      variables["POSTGRES_PORT"] = String(port);
      variables["POSTGRES_DB"] = database;
      variables["POSTGRES_USER"] = user;
      variables["POSTGRES_PASSWORD_FILE"] = `${SECRETS_DIRECTORY}/postgres-app`;
      if (outside !== undefined) variables["POSTGRES_SSLMODE"] = sslmode;
    } else if (need === REDIS && settings.redis !== undefined) {
      const { host, port, tls, outside } = redisAccess(settings.redis);
      variables["REDIS_HOST"] = host;
      variables["REDIS_PORT"] = String(port);
      variables["REDIS_PASSWORD_FILE"] = `${SECRETS_DIRECTORY}/redis`;
      if (outside !== undefined) variables["REDIS_TLS"] = String(tls);
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
