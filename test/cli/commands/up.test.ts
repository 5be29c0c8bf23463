import assert from "node:assert/strict";
import { test } from "node:test";
import { describeAccess } from "../../../cli/commands/up";
import { declareStack, projectStack, serviceSettings } from "../../support/declared-stack";

test("after an up every address is told, and where Grafana's password is", () => {
  assert.equal(
    describeAccess(projectStack("dev")),
    `Open:
  efficientnet-v1    http://127.0.0.1:8001
  efficientnet-v2    http://127.0.0.1:8002
  resnet-v1          http://127.0.0.1:8003
  alertmanager       http://127.0.0.1:9093
  prometheus         http://127.0.0.1:9090
  grafana            http://127.0.0.1:3001
Grafana's user is admin; its password: npm run password -- --stack dev`,
  );
});

test("without Grafana nothing is said of its password", () => {
  const services = { api: serviceSettings({ publish: { port: 80, address: "10.0.0.1" } }) };
  const stack = declareStack({ monitoring: { enabled: false }, services });
  assert.equal(describeAccess(stack), "Open:\n  api                http://10.0.0.1:80");
});
