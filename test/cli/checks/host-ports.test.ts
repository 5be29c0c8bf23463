import assert from "node:assert/strict";
import { createServer, type Server } from "node:net";
import { test, type TestContext } from "node:test";
import { checkHostPorts } from "../../../cli/checks/host-ports";
import { declareStack, serviceSettings } from "../../support/declared-stack";

/** A port of the loopback that a listening server of the test holds. */
async function occupiedPort(context: TestContext): Promise<number> {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  context.after(() => {
    server.close();
  });
  return portOf(server);
}

/** A port of the loopback that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const port = portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function portOf(server: Server): number {
  const address = server.address();
  assert.ok(typeof address === "object" && address !== null);
  return address.port;
}

const publishing = (publish: unknown) =>
  declareStack({
    monitoring: { enabled: false },
    services: { api: serviceSettings({ publish }), inner: serviceSettings() },
  });

const engine = (...ports: readonly number[]) => ({
  listContainers: () =>
    Promise.resolve([
      {
        ...{ Id: "id", Names: ["/whalewatch-try-api"], State: "running", Status: "Up" },
        Labels: {},
        Ports: ports.map((PublicPort) => ({ PublicPort })),
      },
    ]),
});

test("a port that another program holds is an obstacle, with the way to find and to avoid it", async (context) => {
  const port = await occupiedPort(context);
  assert.deepEqual(await checkHostPorts(engine(), publishing(port)), [
    {
      problem: `api publishes 127.0.0.1:${port}, which cannot be had: another program listens on it.`,
      remedy: `Stop what holds it (see: ss -ltnp "sport = :${port}"), or choose another publish port in Pulumi.try.yaml.`,
    },
  ]);
});

test("a port that the stack itself holds is none", async (context) => {
  const port = await occupiedPort(context);
  assert.deepEqual(await checkHostPorts(engine(port), publishing(port)), []);
});

test("a free port is none", async () => {
  assert.deepEqual(await checkHostPorts(engine(), publishing(await freePort())), []);
});

test("an engine that cannot be asked is another check's matter", async (context) => {
  const port = await occupiedPort(context);
  const silent = { listContainers: () => Promise.reject(new Error("no engine")) };
  assert.equal((await checkHostPorts(silent, publishing(port))).length, 1);
});

test("an address that this machine does not have is an obstacle of its own", async () => {
  const port = await freePort();
  const stack = publishing({ port, address: "192.0.2.1" }); // reserved for documentation
  assert.deepEqual(await checkHostPorts(engine(), stack), [
    {
      problem: `api publishes 192.0.2.1:${port}, which cannot be had: this machine has no such address.`,
      remedy:
        "Choose an address of this machine for it in Pulumi.try.yaml, or leave it out for 127.0.0.1.",
    },
  ]);
});

for (const [host, asked] of [
  ["tcp://192.0.2.1:2375", false],
  ["ssh://me@elsewhere", false],
  ["unix:///run/docker.sock", true],
] as const) {
  test(`with DOCKER_HOST=${host} this machine's ports ${asked ? "count" : "do not count"}`, async (context) => {
    const before = process.env["DOCKER_HOST"];
    process.env["DOCKER_HOST"] = host;
    context.after(() => {
      if (before === undefined) delete process.env["DOCKER_HOST"];
      else process.env["DOCKER_HOST"] = before;
    });
    const port = await occupiedPort(context);
    const obstacles = await checkHostPorts(engine(), publishing(port));
    assert.equal(obstacles.length, asked ? 1 : 0);
  });
}
