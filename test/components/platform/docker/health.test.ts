import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { createServer } from "node:http";
import { test } from "node:test";
import { healthcheck } from "../../../../components/platform/docker/health";
import type { HealthCheck } from "../../../../model/workload";

const timing = { interval: "10s", startPeriod: "30s", timeout: "5s", retries: 3 };

for (const [check, tests] of [
  [{ kind: "shell", line: "pg_isready -q" }, ["CMD-SHELL", "pg_isready -q"]],
  [{ kind: "command", command: ["/probe", "--fast"] }, ["CMD", "/probe", "--fast"]],
] satisfies [HealthCheck, string[]][]) {
  test(`a ${check.kind} check is asked as it was declared`, () => {
    assert.deepEqual(healthcheck(check), { ...timing, tests });
  });
}

/** The shell line of an HTTP check. */
function probeLine(port: number, path = "/health"): string {
  const { tests = [], ...rest } = healthcheck({ kind: "http", port, path });
  assert.deepEqual(rest, timing);
  assert.ok(Array.isArray(tests));
  const [how, line, ...more] = tests.map(String);
  assert.deepEqual([how, more], ["CMD-SHELL", []]);
  return line ?? "";
}

test("an HTTP check tries wget, curl, node and python3, in this order", () => {
  const line = probeLine(8000);
  const order = [...line.matchAll(/command -v (\w+)/g)].map(([, tool]) => tool);
  assert.deepEqual(order, ["wget", "curl", "node", "python3"]);
  assert.equal(line.match(/http:\/\/127\.0\.0\.1:8000\/health/g)?.length, 4);
});

test("an image with none of these tools is told to be unhealthy, and why", () => {
  const { status, stdout } = spawnSync("/bin/sh", ["-c", probeLine(8000)], {
    env: { PATH: "/nowhere" },
    encoding: "utf8",
  });
  assert.deepEqual([status, stdout.trim()], [1, "no wget, curl, node or python3 in the image"]);
});

for (const [code, healthy] of [
  [200, true],
  [204, true],
  [404, false],
  [503, false],
] as const) {
  test(`an HTTP check takes a status of ${code} for ${healthy ? "healthy" : "unhealthy"}`, async () => {
    const server = createServer((_, response) => response.writeHead(code).end());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const address = server.address();
      assert.ok(typeof address === "object" && address !== null);
      const exitCode = await exitCodeOf(probeLine(address.port));
      assert.equal(exitCode === 0, healthy);
    } finally {
      server.close();
    }
  });
}

function exitCodeOf(line: string): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn("/bin/sh", ["-c", line], { stdio: "ignore" });
    child.once("error", reject);
    child.once("close", resolve);
  });
}
