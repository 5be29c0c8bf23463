import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { joinedNetworks } from "../../model/networks";
import { shardView } from "../../model/shard-view";
import { findWorkload, type Stack } from "../../model/stack";
import { sharded } from "../support/sharded";
import { service, stackFrom, type Values } from "../support/stack-settings";

const url = "https://www.example.com/";
const prober = (stack: Stack) => findWorkload(stack, "blackbox-exporter");

test("a probe is what was declared, with its defaults, and says whether there is a certificate", () => {
  const { outsideProbes } = stackFrom({
    probes: {
      site: { url },
      plain: {
        ...{ url: "http://203.0.113.7/", every: "30s", timeout: "5s" },
        expect: { status: 204, text: "ok" },
      },
    },
  });
  assert.deepEqual(
    outsideProbes.map(({ every, timeout, ...rest }) => [every.seconds, timeout.seconds, rest]),
    [
      [60, 10, { name: "site", url, expect: {}, secure: true, shard: 0 }],
      [
        ...[30, 5],
        {
          ...{ name: "plain", url: "http://203.0.113.7/", secure: false, shard: 0 },
          expect: { status: [204], text: "ok" },
        },
      ],
    ],
  );
});

describe("the prober's way out", () => {
  const internet = { internet: true, outside: undefined };
  for (const [title, probes, expected] of [
    ["nothing outside: none", {}, { internet: false, outside: undefined }],
    ["a public page: the internet", { site: { url } }, internet],
    [
      "a private address: that port there",
      { a: { url: "http://10.1.2.3:8080/" }, b: { url: "http://10.1.2.3:8080/b" } },
      { internet: false, outside: [{ host: "10.1.2.3", port: 8080, cidr: "10.1.2.3/32" }] },
    ],
    [
      "a private name: its port on its addresses",
      { a: { url: "https://wiki.corp.example/", cidr: "10.4.0.0/16" } },
      { internet: false, outside: [{ host: "wiki.corp.example", port: 443, cidr: "10.4.0.0/16" }] },
    ],
    [
      "a Service of the cluster: its port",
      { a: { url: "http://web.other.svc:9000/" } },
      { internet: false, outside: [{ host: "web.other.svc", port: 9000 }] },
    ],
  ] satisfies [string, Values, object][]) {
    test(title, () => {
      const stack = stackFrom({ platform: "kubernetes", services: { api: service() }, probes });
      const { internet: open, outside } = prober(stack) ?? {};
      assert.deepEqual({ internet: open, outside }, expected);
    });
  }
});

test("with probes and no service there is a prober, and Prometheus reaches it", () => {
  const stack = stackFrom({ probes: { site: { url } } });
  assert.deepEqual(prober(stack)?.connects, []);
  const prometheus = findWorkload(stack, "prometheus");
  assert.ok(prometheus);
  assert.ok(prometheus.connects.includes("blackbox-exporter"));
  assert.ok(joinedNetworks(prometheus, stack.workloads).includes("services"));
});

test("a probe is no probe of the service that has its name", () => {
  const { probes, outsideProbes } = stackFrom({
    services: { site: service({ health: false }) },
    probes: { site: { url } },
  });
  assert.deepEqual(probes, []);
  assert.equal(outsideProbes.length, 1);
});

test("without monitoring there is neither a prober nor anything to ask", () => {
  const stack = stackFrom({ probes: { site: { url } }, monitoring: { enabled: false } });
  assert.deepEqual([stack.outsideProbes, stack.workloads], [[], []]);
});

test("each probe is of exactly one shard, which reaches the prober", () => {
  const declared = Array.from({ length: 9 }, (_, index): [string, Values] => [
    `site-${index}`,
    { url },
  ]);
  const stack = sharded(3, {}, {}, { probes: Object.fromEntries(declared) });
  const views = [0, 1, 2].map((shard) => shardView(stack, shard).outsideProbes);
  assert.ok(views.every((view) => view.length > 0));
  assert.deepEqual(
    views.flatMap((view) => view.map(({ name }) => name)).toSorted(),
    declared.map(([name]) => name),
  );
  for (const shard of [0, 1, 2]) {
    const connects = findWorkload(stack, `prometheus-shard-${shard}`)?.connects;
    assert.equal(connects?.includes("blackbox-exporter"), true);
  }
});
