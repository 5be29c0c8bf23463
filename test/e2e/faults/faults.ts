import assert from "node:assert/strict";
import { container, docker, execute } from "../support/containers";
import { run } from "../support/command";
import type { Fault } from "./fault";
import { misbehave } from "./faulty-api";
import { SmallDisk } from "./small-disk";

/** Ends a container as a crash of the machine would: at once, and nobody starts it again. */
async function kill(workload: string): Promise<() => Promise<void>> {
  const { Id } = await container(workload);
  await docker.getContainer(Id).kill();
  return async () => {
    await docker.getContainer(Id).start();
  };
}

/** A fault that takes a container away until it is healed. */
function gone(workload: string): Pick<Fault, "provoke" | "heal"> {
  let restart: () => Promise<void> = () => Promise.reject(new Error(`${workload} was not killed`));
  return {
    provoke: async () => {
      restart = await kill(workload);
    },
    heal: () => restart(),
  };
}

const POSTGRES_CONNECTIONS = 30;
/** The container whose clients take all connections of Postgres. */
const CLIENTS = "whalewatch-e2e-clients";
/** What the stack under test declares beside dev's own settings, so that faults are cheap. */
export const FAULT_SETTINGS = { maxConnections: POSTGRES_CONNECTIONS } as const;

/** Runs a shell line in Redis' container, where `redis-cli` is logged in. */
const inRedis = (line: string) =>
  execute("redis", ["sh", "-c", `export REDISCLI_AUTH="$(cat /run/secrets/redis)"; ${line}`]);

/** Runs a shell line with the workload's configuration mounted where it can be written. */
async function inConfigOf(workload: string, directory: string, line: string): Promise<void> {
  const { Mounts, Config } = await container(workload);
  const volume = Mounts.find(({ Destination }) => Destination === directory)?.Name;
  assert.ok(volume !== undefined, `${workload} has no volume at ${directory}`);
  const mount = ["--user", "0:0", "--entrypoint", "sh", "--volume", `${volume}:/config`];
  const { code, output } = await run("docker", ["run", "--rm", ...mount, Config.Image, "-c", line]);
  assert.equal(code, 0, output);
}

/**
 * What goes wrong, and what of it at the same time: faults stand together that leave each other's
 * alerts alone. What takes longest to be forgotten comes first.
 */
export function faults(disk: SmallDisk | string): readonly (readonly Fault[])[] {
  return [
    [
      {
        name: "API erroring",
        alert: "ServiceErrorRatioHigh",
        labels: { service: "erring", severity: "critical" },
        says: /erring/,
        provoke: () => misbehave("erring", { errors: 0.5 }),
        heal: () => misbehave("erring", {}),
      },
      {
        name: "API slow",
        alert: "ServiceLatencyHigh",
        labels: { service: "slow", severity: "warning" },
        says: /slow/,
        provoke: () => misbehave("slow", { delayMs: 3000 }),
        heal: () => misbehave("slow", {}),
      },
      {
        name: "container at its memory limit",
        alert: "ContainerMemoryNearLimit",
        labels: { workload: "heavy" },
        says: /heavy/,
        provoke: () => misbehave("heavy", { memoryMiB: 244 }),
        heal: () => misbehave("heavy", {}),
      },
      {
        name: "API killed",
        alert: "ServiceDown",
        labels: { service: "efficientnet-v1", severity: "critical" },
        says: /efficientnet-v1/,
        ...gone("efficientnet-v1"),
      },
      {
        name: "exporter gone",
        alert: "TargetDown",
        labels: { job: "redis-exporter" },
        says: /redis-exporter/,
        ...gone("redis-exporter"),
      },
      {
        name: "disk filled",
        alert: "HostDiskFull",
        labels: {},
        says: /\/dev\/loop\d+/,
        ...(disk instanceof SmallDisk
          ? { provoke: () => disk.fill(), heal: () => disk.empty() }
          : { impossible: disk, provoke: () => Promise.resolve(), heal: () => Promise.resolve() }),
      },
    ],
    [
      {
        name: "Postgres connections exhausted",
        alert: "PostgresConnectionsExhausted",
        labels: { severity: "critical" },
        says: /connections/,
        // Clients of their own container: in Postgres' one they would eat up its memory.
        provoke: async () => {
          const { NetworkSettings, Config } = await container("postgres");
          const [network] = Object.keys(NetworkSettings.Networks);
          const password = await execute("efficientnet-v1", ["cat", "/run/secrets/postgres-app"]);
          const hold = 'psql -h postgres -U app -d app -c "SELECT pg_sleep(600)"';
          const { code, output } = await run(
            "docker",
            [
              ...["run", "--detach", "--rm", "--name", CLIENTS, "--network", network ?? ""],
              ...["--env", "PGPASSWORD", "--entrypoint", "sh", Config.Image, "-c"],
              // One that comes too early, while others are being let in, is refused and tries again.
              `for i in $(seq ${POSTGRES_CONNECTIONS}); do (until ${hold}; do sleep 1; done) & done; wait`,
            ],
            { PGPASSWORD: password.output.trim() },
          );
          assert.equal(code, 0, output);
        },
        heal: async () => {
          await run("docker", ["rm", "--force", CLIENTS]);
        },
      },
      {
        name: "Redis memory full",
        alert: "RedisMemoryFull",
        labels: { severity: "critical" },
        says: /refuses writes/,
        provoke: async () => {
          // In small steps: what one script writes at once also fills the buffer of the log.
          const step =
            "for i = 1, 10 do redis.call('SET', 'fill:'..ARGV[1]..':'..i, string.rep('x', 100000)) end";
          const { output } = await inRedis(
            `for i in $(seq 200); do redis-cli EVAL "${step}" 0 $i 2>&1 | grep -m1 OOM && break; done`,
          );
          assert.match(output, /OOM/);
        },
        heal: async () => {
          await inRedis("redis-cli --scan --pattern 'fill:*' | xargs redis-cli UNLINK");
        },
      },
      {
        name: "bad reload",
        alert: "PrometheusBadConfig",
        labels: { severity: "critical" },
        says: /configuration/,
        provoke: () =>
          inConfigOf(
            "prometheus",
            "/etc/prometheus",
            "cp -p /config/prometheus.yml /config/.kept && echo 'nonsense: true' >> /config/prometheus.yml",
          ),
        // Prometheus takes a file that is back to what it last loaded for unchanged, and reads no further.
        heal: () =>
          inConfigOf(
            "prometheus",
            "/etc/prometheus",
            "mv /config/.kept /config/prometheus.yml && echo '# mended' >> /config/prometheus.yml",
          ),
      },
    ],
    [
      {
        name: "Redis stopped",
        alert: "RedisDown",
        labels: { severity: "critical" },
        says: /Redis/,
        ...gone("redis"),
      },
      {
        name: "Postgres stopped",
        alert: "PostgresDown",
        labels: { severity: "critical" },
        says: /Postgres/,
        ...gone("postgres"),
      },
    ],
  ];
}
