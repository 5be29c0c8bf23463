import assert from "node:assert/strict";
import { connect } from "node:net";
import { test } from "node:test";
import { z } from "zod";
import type { Plan } from "../../../cli/plan/plan";
import { addressOn, container, docker, execute, runningContainers } from "../support/containers";

const MEBIBYTE = 1024 * 1024;

/**
 * Whether a container with busybox opens a connection. The stores speak no HTTP, so wget always
 * fails; what it says tells whether it got through.
 */
async function connects(from: string, host: string, port: number): Promise<boolean> {
  const url = `http://${host}:${port}/`;
  const { output } = await execute(from, ["wget", "-q", "-T", "3", "-O", "-", url]);
  return !/bad address|timed out|can't connect|unreachable/.test(output);
}

/** Limits, rights and connections are those that are declared, and no others. */
export function isolation(planned: () => Plan): void {
  test("runs every container within the declared limits and hardened", async () => {
    const running = await runningContainers();
    for (const { name, limits, user, readOnly } of planned().workloads) {
      const found = running.get(name);
      assert.ok(found, name);
      const { HostConfig: host, Config: config } = found;
      assert.deepEqual(
        {
          memory: host.Memory,
          swap: host.MemorySwap,
          cpu: host.NanoCpus,
          user: config.User,
          readOnly: host.ReadonlyRootfs,
          drop: z.array(z.string()).parse(host.CapDrop),
          privileged: host.Privileged,
          security: z.array(z.string()).parse(host.SecurityOpt),
          restart: host.RestartPolicy?.Name,
          log: host.LogConfig,
        },
        {
          memory: limits.memoryMiB * MEBIBYTE,
          swap: limits.memoryMiB * MEBIBYTE,
          cpu: limits.cpuMillis * 1e6,
          user,
          readOnly,
          drop: ["ALL"],
          privileged: false,
          security: ["no-new-privileges:true"],
          restart: "unless-stopped",
          log: { Type: "json-file", Config: { "max-file": "3", "max-size": "10m" } },
        },
        name,
      );
      const addresses = Object.values(host.PortBindings as Record<string, { HostIp: string }[]>)
        .flat()
        .map(({ HostIp }) => HostIp);
      assert.deepEqual(
        [...new Set(addresses)].filter((address) => address !== "127.0.0.1"),
        [],
        name,
      );
    }
  });

  test("keeps the stores from the host, from strangers and from the internet", async () => {
    for (const [store, port] of [
      ["postgres", 5432],
      ["redis", 6379],
    ] as const) {
      const found = await container(store);
      assert.deepEqual(found.HostConfig.PortBindings, {}, store);
      const address = addressOn(found, `${store}-network`);
      assert.equal(
        await connects(`${store}-exporter`, store, port),
        true,
        "who needs it reaches it",
      );
      for (const stranger of ["blackbox-exporter", "prometheus"]) {
        assert.equal(
          await connects(stranger, address, port),
          false,
          `${stranger} reaches ${store}`,
        );
      }
      assert.equal(await connects("alertmanager", store, port), false, `${store} is found by name`);
      const joined = await Promise.all(
        Object.values(found.NetworkSettings.Networks).map(async ({ NetworkID }) => {
          const network = z.object({ Internal: z.boolean() });
          return network.parse(await docker.getNetwork(NetworkID).inspect()).Internal;
        }),
      );
      assert.deepEqual(joined, [true], `${store} is on one closed network alone`);
      // Another network of the same engine is as far away as the internet.
      const elsewhere = addressOn(await container("efficientnet-v2"), "edge-network");
      const out = await execute(store, [
        "timeout",
        "3",
        "bash",
        "-c",
        `</dev/tcp/${elsewhere}/8000`,
      ]);
      assert.notEqual(out.code, 0, `${store} has a way out`);
    }
    await assert.rejects(connected(5432), "postgres is published");
    await assert.rejects(connected(6379), "redis is published");
  });

  test("keeps published workloads apart on the network they share", async () => {
    const address = addressOn(await container("efficientnet-v2"), "edge-network");
    const { code } = await execute("efficientnet-v1", [
      "node",
      "-e",
      `fetch("http://${address}:8000/health",{signal:AbortSignal.timeout(3000)}).then(()=>process.exit(0),()=>process.exit(1))`,
    ]);
    assert.equal(code, 1);
  });
}

function connected(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: "127.0.0.1", port, timeout: 2000 });
    socket.once("connect", () => {
      socket.destroy();
      resolve();
    });
    socket.once("error", reject);
  });
}
