import assert from "node:assert/strict";
import { test } from "node:test";
import type { Stack } from "../../model/stack";
import { mountsOf, renderedFile, Tree } from "../support/rendered";
import { stackFrom, type Values } from "../support/stack-settings";

const asking = (query: Values): Stack =>
  stackFrom({ prometheus: { query: { url: "https://mimir.example.com/x", ...query } } }, ["key"]);
const datasource = (stack: Stack): Tree => {
  const file = "grafana/etc/grafana/provisioning/datasources/prometheus.yml";
  const [only, ...others] = Tree.read(renderedFile(stack, file)).at("datasources").list;
  assert.ok(only);
  assert.deepEqual(others, []);
  return only;
};
const secretFiles = (stack: Stack): unknown =>
  mountsOf(stack, "grafana").find(({ name }) => name === "secrets")?.files;

test("a store elsewhere stands in Prometheus' place, under the same identity", () => {
  const found = datasource(asking({}));
  assert.equal(found.at("url").text, "https://mimir.example.com/x");
  assert.equal(found.at("uid").text, "Prometheus");
  assert.equal(found.at("secureJsonData").plain, undefined);
});

test("a token is read from its file when Grafana starts, and stands nowhere else", () => {
  const stack = asking({ secret: "key", headers: { "X-Scope-OrgID": "whales$" } });
  const found = datasource(stack);
  assert.deepEqual(found.at("jsonData").plain, {
    httpMethod: "POST",
    timeInterval: "15s",
    httpHeaderName1: "X-Scope-OrgID",
    httpHeaderName2: "Authorization",
  });
  assert.deepEqual(found.at("secureJsonData").plain, {
    httpHeaderValue1: "whales$$",
    httpHeaderValue2: "Bearer $__file{/run/secrets/prometheus.query}",
  });
  assert.deepEqual(secretFiles(stack), {
    "grafana-admin": { parts: [{ generated: "grafana-admin" }] },
    "prometheus.query": { parts: [{ declared: "key" }] },
  });
});

test("a user logs in with the password in that file", () => {
  const found = datasource(asking({ secret: "key", username: "me" }));
  assert.equal(found.at("basicAuth").plain, true);
  assert.equal(found.at("basicAuthUser").text, "me");
  assert.deepEqual(found.at("secureJsonData").plain, {
    basicAuthPassword: "$__file{/run/secrets/prometheus.query}",
  });
});
