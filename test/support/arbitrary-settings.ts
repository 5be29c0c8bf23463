import fc from "fast-check";
import type { RawSettings } from "../../model/settings/raw-settings";
import { RESERVED_NAMES } from "../../model/reserved-names";
import type { Values } from "./stack-settings";

/** Settings without a fault, with what the test must find in them. */
export interface ValidSettings {
  readonly raw: RawSettings;
  /** What the services and stores are limited to together, each limit times its replicas. */
  readonly limitsMiB: number;
}

const SECRETS = ["token", "apiKey", "smtp-login"];
const names = fc
  .stringMatching(/^[a-z]([a-z0-9-]{0,12}[a-z0-9])?$/)
  .filter((name) => !RESERVED_NAMES.includes(name));
const mebibytes = fc.integer({ min: 6, max: 4096 });
const cpus = fc.oneof(
  fc.integer({ min: 100, max: 8000 }).map((amount) => `${amount}m`),
  fc.integer({ min: 1, max: 80 }).map((amount) => amount / 10),
);
const paths = fc.stringMatching(/^\/[a-z0-9/_-]{0,12}$/);
const orNot = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

/** The parts of a service that do not depend on its neighbours. */
const parts = fc.record({
  name: names,
  memory: mebibytes,
  cpu: cpus,
  kind: fc.constantFrom("api", "web", "worker"),
  hasPort: fc.boolean(),
  port: fc.integer({ min: 1, max: 65_535 }),
  replicas: fc.integer({ min: 1, max: 20 }),
  published: fc.boolean(),
  health: orNot(fc.oneof(paths, fc.constant(false))),
  metrics: orNot(fc.oneof(paths, fc.constant(false))),
  internet: orNot(fc.boolean()),
  secrets: fc.subarray(SECRETS),
  env: fc.dictionary(
    fc.stringMatching(/^[A-Z][A-Z_]{0,8}_X$/),
    fc.oneof(fc.string(), fc.integer(), fc.boolean()),
    { maxKeys: 3 },
  ),
  volume: orNot(mebibytes),
  wanted: fc.array(fc.nat(), { maxLength: 3 }),
});

/** Drops what is undefined: in YAML a key is there or not. */
function present(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

const switches = fc.record({
  postgres: orNot(mebibytes),
  redis: orNot(mebibytes),
  backup: orNot(mebibytes),
  monitoring: fc.boolean(),
  grafana: fc.boolean(),
  alertmanager: fc.boolean(),
  nodeExporter: fc.boolean(),
  exporters: fc.boolean(),
  interval: fc.constantFrom("5s", "15s", "30s", "1m"),
  cluster: fc.boolean(),
  containers: fc.boolean(),
  externalPostgres: fc.boolean(),
  externalRedis: fc.boolean(),
  monitored: fc.boolean(),
  grafanaInPostgres: fc.boolean(),
  remoteWrite: orNot(
    fc.uniqueArray(
      fc.record({
        name: names,
        url: fc.constantFrom("https://push.example.com/api", "https://10.1.2.3:9009/api"),
        secret: fc.constantFrom(...SECRETS),
        keep: fc.constantFrom(["up"], ["node_*", "http_*"]),
      }),
      { maxLength: 3, selector: ({ name }) => name },
    ),
  ),
  probes: fc.uniqueArray(
    fc.record({
      name: names,
      url: fc.constantFrom(
        ...["https://www.example.com/", "http://10.1.2.3:8080/health", "https://a.b.svc/x?y=z"],
      ),
      status: orNot(fc.integer({ min: 200, max: 599 })),
      text: orNot(fc.stringMatching(/^[ -~]{1,9}$/)),
      every: orNot(fc.constantFrom("11s", "30s", "2m")),
      cidr: orNot(fc.constant("10.4.0.0/16")),
    }),
    { maxLength: 3, selector: ({ name }) => name },
  ),
  grafanaReplicas: fc.integer({ min: 1, max: 3 }),
  prometheusReplicas: fc.integer({ min: 1, max: 3 }),
  shards: fc.integer({ min: 1, max: 4 }),
  alertmanagerReplicas: fc.integer({ min: 1, max: 3 }),
});

/** Settings that a user may write, of every shape. */
export const validSettings: fc.Arbitrary<ValidSettings> = fc
  .record({
    parts: fc.uniqueArray(parts, { maxLength: 6, selector: ({ name }) => name }),
    switches,
  })
  .map(({ parts, switches }) => {
    const stores = [
      ...(switches.postgres === undefined && !switches.externalPostgres ? [] : ["postgres"]),
      ...(switches.redis === undefined && !switches.externalRedis ? [] : ["redis"]),
    ];
    const inPostgres = switches.grafanaInPostgres && stores.includes("postgres");
    const ownStores = [
      switches.externalPostgres ? 0 : (switches.postgres ?? 0),
      switches.externalPostgres || switches.postgres === undefined ? 0 : (switches.backup ?? 0),
      switches.externalRedis ? 0 : (switches.redis ?? 0),
    ];
    const services = parts.map((part, index): [string, Values] => {
      const { name, memory, cpu, kind, port, health, metrics, internet, secrets, env } = part;
      const hasPort = part.hasPort || kind !== "worker";
      // Only earlier services, so that there is no circle.
      const known = [...stores, ...parts.slice(0, index).map((earlier) => earlier.name)];
      const wanted = part.wanted.flatMap((choice) => known[choice % known.length] ?? []);
      return [
        name,
        present({
          image: "example/api:1.0.0",
          kind,
          port: hasPort ? port : undefined,
          publish: hasPort && part.published ? 10_000 + index : undefined,
          replicas: hasPort && part.published ? undefined : part.replicas,
          limits: { memory: `${memory}Mi`, cpu },
          health,
          metrics,
          internet,
          secrets,
          env,
          needs: [...new Set(wanted)],
          volumes:
            part.volume === undefined || part.replicas > 1
              ? undefined
              : { data: { path: "/data", storage: `${part.volume}Mi` } },
        }),
      ];
    });
    const store = (amount: number | undefined): Values | undefined =>
      amount === undefined ? undefined : { limits: { memory: `${amount}Mi`, cpu: 1 } };
    const withBackup = (own: Values | undefined, backup: Values | undefined): Values | undefined =>
      own === undefined || backup === undefined ? own : { ...own, backup };
    const enabled = switches.exporters;
    const values = present({
      host: { memory: "1Ti" },
      services: Object.fromEntries(services),
      postgres: switches.externalPostgres
        ? {
            external: present({
              ...{ host: "db.example.com", database: "app", user: "app", secret: "token" },
              monitoring: switches.monitored ? { user: "watcher", secret: "apiKey" } : undefined,
            }),
          }
        : withBackup(store(switches.postgres), store(switches.backup)),
      redis: switches.externalRedis
        ? { external: { host: "10.0.4.7", secret: "apiKey" } }
        : store(switches.redis),
      probes:
        switches.monitoring && !switches.exporters
          ? undefined
          : Object.fromEntries(
              switches.probes.map(({ name, status, text, ...rest }) => [
                name,
                present({ ...rest, expect: present({ status, text }) }),
              ]),
            ),
      monitoring: { enabled: switches.monitoring },
      platform: switches.cluster ? "kubernetes" : "docker",
      prometheus: present({
        scrapeInterval: switches.interval,
        remoteWrite: switches.remoteWrite,
        replicas: switches.cluster ? switches.prometheusReplicas : undefined,
        ...(switches.cluster &&
          (switches.remoteWrite ?? []).length > 0 && {
            shards: switches.shards,
            query: { url: "https://push.example.com/api", secret: "token" },
          }),
      }),
      grafana: present({
        enabled: switches.grafana,
        database: inPostgres ? "postgres" : undefined,
        databaseLogin:
          inPostgres && switches.externalPostgres
            ? { database: "grafana", user: "grafana", secret: "token" }
            : undefined,
        replicas: inPostgres && switches.cluster ? switches.grafanaReplicas : undefined,
      }),
      alertmanager: present({
        enabled: switches.alertmanager,
        replicas: switches.cluster ? switches.alertmanagerReplicas : undefined,
      }),
      nodeExporter: { enabled: switches.nodeExporter },
      exporters: {
        ...{ postgres: { enabled }, redis: { enabled }, blackbox: { enabled } },
        containers: { enabled: switches.containers && !switches.cluster, socketGroup: 999 },
      },
    });
    const ofServices = parts.map(({ memory, replicas, published, hasPort, kind }) =>
      published && (hasPort || kind !== "worker") ? memory : memory * replicas,
    );
    const limits = [...ofServices, ...ownStores];
    return {
      raw: {
        project: "whalewatch",
        stack: "test",
        values,
        encryptedKeys: [],
        secrets: Object.fromEntries(
          SECRETS.map((secret) => [secret, { encrypted: true, empty: false }]),
        ),
      },
      limitsMiB: limits.reduce((a, b) => a + b, 0),
    };
  });
