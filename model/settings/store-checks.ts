import { FIRST_POSTGRES_MAJOR, postgresMajorOf } from "../postgres-major";
import { type Problem, show } from "./problem";
import type { RawSettings } from "./raw-settings";
import { receiverSecrets } from "./receiver-secrets";
import type { Settings } from "./schema";
import { writtenKeys } from "./written";

/** What a store outside leaves no room for and needs beside it, and what the stack's own can be. */
export function checkStores(settings: Settings, raw: RawSettings): Problem[] {
  const ofExternal = (["postgres", "redis"] as const).flatMap((store) => {
    const external = settings[store]?.external;
    if (external === undefined) return [];
    return [...besideExternal(store, raw), ...ownLoopback(store, external.host)];
  });
  return [...ofExternal, ...oldPostgres(settings)];
}

/** Older images keep their data in an unnamed volume of their own, which goes with the container. */
function oldPostgres({ postgres }: Settings): Problem[] {
  if (postgres?.enabled !== true || postgres.external !== undefined) return [];
  const major = postgresMajorOf(postgres.image);
  if (major === undefined || major >= FIRST_POSTGRES_MAJOR) return [];
  return [
    {
      setting: "whalewatch:postgres.image",
      found: `${show(postgres.image)}, whose data would not be in the stack's volume`,
      allowed: `PostgreSQL ${FIRST_POSTGRES_MAJOR} or newer`,
    },
  ];
}

/** Settings of a server of the stack's own, which then is not there to obey them. */
function besideExternal(store: string, raw: RawSettings): Problem[] {
  return writtenKeys(raw, store)
    .filter((key) => key !== "external" && key !== "enabled")
    .map((key) => ({
      setting: `whalewatch:${store}.${key}`,
      found: "a setting of the stack's own server beside external",
      allowed: "external alone, whose server is set up elsewhere, or no external",
    }));
}

function ownLoopback(store: string, host: string): Problem[] {
  if (!host.startsWith("127.")) return [];
  return [
    {
      setting: `whalewatch:${store}.external.host`,
      found: `${show(host)}, which is each container itself`,
      allowed: "an address that containers reach; on Docker, host.docker.internal is the host",
    },
  ];
}

/** The stack secrets that settings other than a service's name, all of which must be there. */
export function checkNamedSecrets(settings: Settings, raw: RawSettings): Problem[] {
  return namedSecrets(settings)
    .filter(({ secret }) => !Object.hasOwn(raw.secrets, secret))
    .map(({ setting, secret }) => ({
      setting: `whalewatch:${setting}`,
      found: `${show(secret)}, which the stack does not have`,
      allowed: `a name set with "pulumi config set --secret secrets:${secret}"`,
    }));
}

function namedSecrets({
  postgres,
  redis,
  grafana,
  prometheus,
  alerts,
}: Settings): { setting: string; secret: string }[] {
  const server = postgres?.external;
  return [
    { setting: "postgres.external.secret", secret: server?.secret },
    { setting: "postgres.external.monitoring.secret", secret: server?.monitoring?.secret },
    { setting: "redis.external.secret", secret: redis?.external?.secret },
    { setting: "grafana.databaseLogin.secret", secret: grafana.databaseLogin?.secret },
    { setting: "prometheus.query.secret", secret: prometheus.query?.secret },
    ...prometheus.remoteWrite.map(({ secret }, index) => ({
      setting: `prometheus.remoteWrite.${index}.secret`,
      secret,
    })),
    ...receiverSecrets(alerts).map(({ setting, secret }) => ({
      setting: `alerts.${setting}`,
      secret,
    })),
  ].flatMap(({ setting, secret }) => (secret === undefined ? [] : [{ setting, secret }]));
}
