import assert from "node:assert/strict";
import { test } from "node:test";
import { declareStack, serviceSettings } from "../../../support/declared-stack";
import { containerArgsOf } from "../../../support/docker-args";
import { CONTAINER, placeEnvironment, VOLUME } from "../../../support/placed-environment";

const placed = placeEnvironment(
  declareStack({
    services: { api: serviceSettings() },
    exporters: { containers: { enabled: true, socketGroup: 105 } },
  }),
);
const SOCKET = "/var/run/docker.sock";

test("the collector runs with exactly these arguments: the socket, its group, and no privilege", async () => {
  const environment = await placed;
  const args = containerArgsOf(environment.get(CONTAINER, "docker-stats-collector-container"));
  const { image, ...rest } = args;
  assert.match(image, /^sha256:[0-9a-f]{64}$/);
  assert.deepEqual(rest, {
    name: "whalewatch.try.docker-stats-collector",
    labels: [
      { label: "whalewatch.resource", value: "docker-stats-collector-container" },
      { label: "whalewatch.stack", value: "whalewatch/try" },
      { label: "whalewatch.workload", value: "docker-stats-collector" },
    ],
    user: "10001:105",
    capabilities: { drops: ["ALL"] },
    securityOpts: ["no-new-privileges:true"],
    logDriver: "json-file",
    logOpts: { "max-size": "10m", "max-file": "3" },
    command: ["--config=/etc/otelcol-contrib/config.yaml"],
    envs: ["GOMEMLIMIT=153MiB"],
    memory: 192,
    memorySwap: 192,
    cpus: "0.1",
    networkMode: "bridge",
    networksAdvanced: [
      { name: "docker-stats-collector-network-id", aliases: ["docker-stats-collector"] },
    ],
    ports: [],
    readOnly: true,
    tmpfs: {},
    init: true,
    restart: "unless-stopped",
    destroyGraceSeconds: 30,
    stopTimeout: 30,
    mounts: [{ type: "bind", source: SOCKET, target: SOCKET, readOnly: true }],
    volumes: [
      {
        volumeName: String(
          environment.get(VOLUME, "docker-stats-collector.config-files").inputs["name"],
        ),
        containerPath: "/etc/otelcol-contrib",
        readOnly: true,
      },
    ],
  });
});

test("no other container gets the socket, also not what carries the collector's files", async () => {
  const holders = (await placed)
    .ofType(CONTAINER)
    .filter((container) => containerArgsOf(container).mounts !== undefined);
  assert.deepEqual(
    holders.map(({ name }) => name),
    ["docker-stats-collector-container"],
  );
});
