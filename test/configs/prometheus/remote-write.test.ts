import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { findWorkload, type Stack } from "../../../model/stack";
import type { Workload } from "../../../model/workload";
import { alertRules } from "../../support/expressions";
import { PromQl } from "../../support/promql";
import { mountsOf, renderedFile, Tree } from "../../support/rendered";
import { stackFrom, type Values } from "../../support/stack-settings";

const URL = "https://mimir.example.com/api/v1/push";
const sending = (...remoteWrite: readonly Values[]): Stack =>
  stackFrom({ platform: "kubernetes", prometheus: { remoteWrite } }, ["token", "password"]);
const written = (stack: Stack): Tree =>
  Tree.read(renderedFile(stack, "prometheus/etc/prometheus/prometheus.yml")).at("remote_write");
const prometheus = (stack: Stack): Workload => {
  const found = findWorkload(stack, "prometheus");
  assert.ok(found);
  return found;
};

test("without remote write there is none, nor a way out, nor a secret", () => {
  const stack = sending();
  assert.equal(written(stack).plain, undefined);
  assert.deepEqual([prometheus(stack).internet, prometheus(stack).outside], [false, undefined]);
  assert.deepEqual(
    mountsOf(stack, "prometheus").map(({ name }) => name),
    ["config"],
  );
});

for (const [title, settings, config] of [
  ["name and address alone", {}, {}],
  [
    "a token, as a file",
    { secret: "token" },
    { authorization: { credentials_file: "/run/secrets/token" } },
  ],
  [
    "a password, as a file",
    { secret: "password", username: "12345" },
    { basic_auth: { username: "12345", password_file: "/run/secrets/password" } },
  ],
  [
    "the tenant",
    { headers: { "X-Scope-OrgID": "whales" } },
    { headers: { "X-Scope-OrgID": "whales" } },
  ],
  [
    "what to keep and, of that, what to drop",
    { drop: ["node_cpu_*"], keep: ["up", "node_*"] },
    {
      write_relabel_configs: [
        { source_labels: ["__name__"], regex: "up|node_.*", action: "keep" },
        { source_labels: ["__name__"], regex: "node_cpu_.*", action: "drop" },
      ],
    },
  ],
  [
    "the queue",
    { queue: { maxShards: 10, capacity: 5000, maxSamplesPerSend: 1000, batchSendDeadline: "90s" } },
    {
      queue_config: {
        capacity: 5000,
        max_shards: 10,
        max_samples_per_send: 1000,
        batch_send_deadline: "90s",
      },
    },
  ],
  ["a part of the queue", { queue: { maxShards: 4 } }, { queue_config: { max_shards: 4 } }],
  ["exemplars", { sendExemplars: true }, { send_exemplars: true }],
] as const) {
  test(`what is sent, and how: ${title}`, () => {
    const stack = sending({ name: "mimir", url: URL, ...settings });
    assert.deepEqual(written(stack).plain, [{ name: "mimir", url: URL, ...config }]);
  });
}

test("each secret is a file of its own, which only Prometheus gets", () => {
  const stack = sending(
    { name: "a", url: URL, secret: "token" },
    { name: "b", url: URL, secret: "password", username: "me" },
    { name: "c", url: URL, secret: "token" },
  );
  const secrets = mountsOf(stack, "prometheus").find(({ name }) => name === "secrets");
  assert.deepEqual(secrets?.files, {
    token: { parts: [{ declared: "token" }] },
    password: { parts: [{ declared: "password" }] },
  });
  assert.equal(secrets.sensitive, true);
});

test("exemplars are kept where they are sent", () => {
  const flag = "--enable-feature=exemplar-storage";
  const kept = (sendExemplars: boolean): boolean =>
    prometheus(sending({ name: "a", url: URL, sendExemplars })).command?.includes(flag) ?? false;
  assert.deepEqual([kept(true), kept(false)], [true, false]);
});

describe("the way to a store leads there and no further", () => {
  for (const [url, cidr, internet, outside] of [
    [URL, undefined, true, undefined],
    ["https://8.8.8.8/push", undefined, true, undefined],
    [URL, "10.0.4.0/24", false, { host: "mimir.example.com", port: 443, cidr: "10.0.4.0/24" }],
    [
      "https://10.0.4.7:9009/x",
      undefined,
      false,
      { host: "10.0.4.7", port: 9009, cidr: "10.0.4.7/32" },
    ],
    ["http://mimir.m.svc:8080/x", undefined, false, { host: "mimir.m.svc", port: 8080 }],
    ["http://mimir.m.svc/x", undefined, false, { host: "mimir.m.svc", port: 80 }],
    ["http://localhost:9009/x", undefined, false, undefined],
  ] as const) {
    test(`${url}${cidr === undefined ? "" : ` in ${cidr}`}`, () => {
      const found = prometheus(sending({ name: "a", url, ...(cidr !== undefined && { cidr }) }));
      assert.equal(found.internet, internet);
      assert.deepEqual(found.outside, outside && [outside]);
    });
  }
});

test("a store that samples do not reach is an alert, and none where nothing is sent", () => {
  const alerts = (stack: Stack): string[] =>
    alertRules(stack).flatMap(({ alert, expr }) => (/remote_storage/.test(expr) ? alert : []));
  const found = alerts(sending({ name: "a", url: URL }));
  assert.deepEqual(found, ["RemoteWriteBehind", "RemoteWriteFailing"]);
  assert.deepEqual(alerts(sending()), []);
  for (const { expr } of alertRules(sending({ name: "a", url: URL }))) {
    assert.equal(new PromQl(expr).errors, 0, expr);
  }
});
