import assert from "node:assert/strict";
import { test } from "node:test";
import { healthcheck } from "../../../../components/platform/docker/health";
import { declareStack, serviceSettings } from "../../../support/declared-stack";
import { containerArgsOf } from "../../../support/docker-args";
import { CONTAINER, placeEnvironment, VOLUME } from "../../../support/placed-environment";

const stack = declareStack({
  monitoring: { enabled: false },
  postgres: { limits: { memory: "256Mi", cpu: 0.5 } },
  services: {
    api: serviceSettings({
      limits: { memory: "96Mi", cpu: "250m" },
      publish: 8001,
      needs: ["postgres", "web"],
      command: ["node", "server.js"],
      env: { LOG_LEVEL: "warn", WORKERS: 2 },
      user: "1001:1002",
      volumes: { cache: { path: "/cache", storage: "1Gi" } },
      stopGrace: "45s",
    }),
    web: serviceSettings({ replicas: 2, internet: false, readOnlyRoot: false }),
    worker: serviceSettings({ kind: "worker", port: undefined, internet: false }),
  },
});
const placed = placeEnvironment(stack);

const hardened = {
  capabilities: { drops: ["ALL"] },
  securityOpts: ["no-new-privileges:true"],
  logDriver: "json-file",
  logOpts: { "max-size": "10m", "max-file": "3" },
};

const labels = (name: string, workload: string) => [
  { label: "whalewatch.resource", value: name },
  { label: "whalewatch.stack", value: "whalewatch/try" },
  { label: "whalewatch.workload", value: workload },
];

test("PostgreSQL runs with exactly these arguments", async () => {
  const environment = await placed;
  const args = containerArgsOf(environment.get(CONTAINER, "postgres-container"));
  const volumeName = (name: string) => String(environment.get(VOLUME, name).inputs["name"]);
  const { image, ...rest } = args;
  assert.match(image, /^sha256:[0-9a-f]{64}$/);
  assert.deepEqual(rest, {
    ...hardened,
    name: "whalewatch.try.postgres",
    labels: labels("postgres-container", "postgres"),
    user: "999:999",
    command: [
      ...["sh", "/etc/postgres/start.sh"],
      ...["-c", "max_connections=100"],
      ...["-c", "reserved_connections=3"],
      ...["-c", "shared_buffers=64MB"],
    ],
    envs: [
      "POSTGRES_DB=app",
      "POSTGRES_USER=postgres",
      "POSTGRES_PASSWORD_FILE=/run/secrets/postgres-superuser",
    ],
    memory: 256,
    memorySwap: 256,
    cpus: "0.5",
    networkMode: "bridge",
    networksAdvanced: [{ name: "postgres-network-id", aliases: ["postgres"] }],
    ports: [],
    readOnly: true,
    tmpfs: {
      "/var/run/postgresql": "rw,nosuid,nodev,mode=1777,size=16m",
      "/tmp": "rw,nosuid,nodev,mode=1777,size=64m",
    },
    init: true,
    restart: "unless-stopped",
    destroyGraceSeconds: 30,
    stopTimeout: 30,
    healthcheck: healthcheck({
      kind: "shell",
      line: "pg_isready -q -h 127.0.0.1 -U postgres -d app",
    }),
    wait: true,
    waitTimeout: 180,
    volumes: [
      {
        volumeName: volumeName("postgres.program-files"),
        containerPath: "/etc/postgres",
        readOnly: true,
      },
      {
        volumeName: volumeName("postgres.init-files"),
        containerPath: "/docker-entrypoint-initdb.d",
        readOnly: true,
      },
      {
        volumeName: volumeName("postgres.secrets-files"),
        containerPath: "/run/secrets",
        readOnly: true,
      },
      { volumeName: "whalewatch.try.postgres.data", containerPath: "/var/lib/postgresql" },
    ],
  });
});

test("a service runs with exactly these arguments", async () => {
  const environment = await placed;
  const args = containerArgsOf(environment.get(CONTAINER, "api-container"));
  const { image, ...rest } = args;
  assert.match(image, /^sha256:[0-9a-f]{64}$/);
  assert.deepEqual(rest, {
    ...hardened,
    name: "whalewatch.try.api",
    labels: labels("api-container", "api"),
    user: "1001:1002",
    command: ["node", "server.js"],
    envs: [
      "POSTGRES_HOST=postgres",
      "POSTGRES_PORT=5432",
      "POSTGRES_DB=app",
      "POSTGRES_USER=app",
      "POSTGRES_PASSWORD_FILE=/run/secrets/postgres-app",
      "WEB_URL=http://web:8000",
      "LOG_LEVEL=warn",
      "WORKERS=2",
    ],
    memory: 96,
    memorySwap: 96,
    cpus: "0.25",
    networkMode: "bridge",
    networksAdvanced: [
      { name: "services-network-id", aliases: ["api"] },
      { name: "postgres-network-id", aliases: [] },
      { name: "edge-network-id", aliases: [] },
    ],
    ports: [{ internal: 8000, external: 8001, ip: "127.0.0.1", protocol: "tcp" }],
    readOnly: true,
    tmpfs: { "/tmp": "rw,nosuid,nodev,mode=1777,size=64m" },
    init: true,
    restart: "unless-stopped",
    destroyGraceSeconds: 45,
    stopTimeout: 45,
    healthcheck: healthcheck({ kind: "http", port: 8000, path: "/health" }),
    wait: true,
    waitTimeout: 180,
    volumes: [
      {
        volumeName: String(environment.get(VOLUME, "api.secrets-files").inputs["name"]),
        containerPath: "/run/secrets",
        readOnly: true,
      },
      { volumeName: "whalewatch.try.api.cache", containerPath: "/cache" },
    ],
  });
});

test("replicas are numbered containers that answer to one name", async () => {
  const web = (await placed).workloads.filter(({ name }) => name.startsWith("web."));
  assert.deepEqual(
    web.map((container) => {
      const { name, networksAdvanced, readOnly } = containerArgsOf(container);
      return [container.name, name, networksAdvanced, readOnly];
    }),
    [1, 2].map((index) => [
      `web.${index}-container`,
      `whalewatch.try.web.${index}`,
      [{ name: "services-network-id", aliases: ["web"] }],
      false,
    ]),
  );
});

test("who needs a service waits for each of its replicas", async () => {
  const environment = await placed;
  const { dependencies } = environment.get(CONTAINER, "api-container");
  for (const name of ["web.1-container", "web.2-container", "postgres-container", "api-files"]) {
    assert.ok(dependencies.includes(environment.get(CONTAINER, name).urn), name);
  }
});

test("an update does not wait for the health of what has no check", async () => {
  const args = containerArgsOf((await placed).get(CONTAINER, "worker-container"));
  assert.deepEqual(
    [args.healthcheck, args.wait, args.waitTimeout],
    [undefined, undefined, undefined],
  );
});

test("containers give up name and ports before their successor takes them", async () => {
  const options = (await placed)
    .ofType(CONTAINER)
    .map(({ name, deleteBeforeReplace, replaceOnChanges, protect }) => [
      name,
      { deleteBeforeReplace, replaceOnChanges, protect },
    ]);
  const running = {
    deleteBeforeReplace: true,
    replaceOnChanges: ["tmpfs", "init"],
    protect: false,
  };
  const carrying = { ...running, replaceOnChanges: [] };
  assert.deepEqual(options, [
    ["api-container", running],
    ["api-files", carrying],
    ["postgres-container", running],
    ["postgres-files", carrying],
    ["web.1-container", running],
    ["web.2-container", running],
    ["worker-container", running],
  ]);
});

test("stores are given at least 30 seconds to write their data", async () => {
  const { destroyGraceSeconds } = containerArgsOf(
    (await placed).get(CONTAINER, "postgres-container"),
  );
  assert.ok(destroyGraceSeconds !== undefined && destroyGraceSeconds >= 30);
});

test("data volumes have fixed names and survive a destroy, a rename of labels and a slip", async () => {
  const volumes = (await placed).ofType(VOLUME).filter(({ name }) => name.endsWith("-volume"));
  assert.deepEqual(
    volumes.map(({ name, inputs, protect, retainOnDelete, ignoreChanges }) => [
      name,
      inputs["name"],
      { protect, retainOnDelete, ignoreChanges },
    ]),
    [
      ["api.cache-volume", "whalewatch.try.api.cache"],
      ["postgres.data-volume", "whalewatch.try.postgres.data"],
    ].map((names) => [
      ...names,
      { protect: true, retainOnDelete: true, ignoreChanges: ["labels"] },
    ]),
  );
});

test("no two containers and no two volumes ask the engine for one name", async () => {
  const services = {
    api: serviceSettings({ needs: ["redis"] }),
    "api-files": serviceSettings({ needs: ["redis"] }),
  };
  const crowded = declareStack({ monitoring: { enabled: false }, redis: {}, services });
  const environment = await placeEnvironment(crowded);
  for (const type of [CONTAINER, VOLUME]) {
    const names = environment.ofType(type).map(({ inputs }) => String(inputs["name"]));
    const twice = names.filter((name, index) => names.indexOf(name) !== index);
    assert.deepEqual(twice, [], type);
  }
});
