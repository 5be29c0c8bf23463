import assert from "node:assert/strict";
import { test } from "node:test";
import { describeAccess, describeRunning } from "../../../cli/commands/up";
import { declareStack, projectStack, serviceSettings } from "../../support/declared-stack";

const URLS = {
  alertmanager: "http://127.0.0.1:9093",
  "efficientnet-v1": "http://127.0.0.1:8001",
  grafana: "http://127.0.0.1:3001",
};

test("after an up every address is told in the order of the workloads, and where Grafana's password is", () => {
  assert.equal(
    describeAccess(projectStack("dev"), URLS),
    `Open:
  efficientnet-v1    http://127.0.0.1:8001
  alertmanager       http://127.0.0.1:9093
  grafana            http://127.0.0.1:3001
Grafana's user is admin; its password: npm run password -- --stack dev`,
  );
});

test("without Grafana nothing is said of its password", () => {
  const services = { api: serviceSettings({ publish: { port: 80, address: "10.0.0.1" } }) };
  const stack = declareStack({ monitoring: { enabled: false }, services });
  const urls = { api: "http://10.0.0.1:80" };
  assert.equal(describeAccess(stack, urls), "Open:\n  api                http://10.0.0.1:80");
});

test("what runs has its state, its time and its memory, where anybody measured it", () => {
  const running = [
    { workload: "api", state: "ready", memoryMiB: 81.4, limitMiB: 128 },
    { workload: "redis", state: "ready", memoryMiB: undefined, limitMiB: undefined },
  ];
  const lines = describeRunning(running, new Map([["api", 3.25]]), "ready").split("\n");
  assert.deepEqual(
    lines.map((line) => line.trim().split(/ {2,}/)),
    [
      ["workload", "state", "seconds to ready", "memory MiB", "limit MiB"],
      ["api", "ready", "3.3", "81", "128"],
      ["redis", "ready", "ran already", "not measured", "none"],
    ],
  );
});
