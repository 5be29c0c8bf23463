import assert from "node:assert/strict";
import { test } from "node:test";
import { renderTopology, topologyDot } from "../../../cli/plan/topology";
import { plannedWorkload, samplePlan } from "../../support/planned";
import { xmlFault } from "../../support/xml";

/** The line of a node or an arrow. */
const line = (dot: string, start: string) =>
  dot.split("\n").filter((candidate) => candidate.startsWith(start));

test("a plan becomes groups by role, a box for each workload, an arrow for each connection", () => {
  const dot = topologyDot(samplePlan());
  assert.match(dot, /^digraph \{\n/);
  assert.match(
    dot,
    /label="whalewatch \/ try: 2 workloads, limits of 128 MiB on a host of 512 MiB"/,
  );
  assert.deepEqual(
    dot.split("\n").filter((text) => /^subgraph|^"/.test(text)),
    [
      'subgraph "cluster_service" { label="services"; color="#bbbbbb"; style=rounded;',
      '"api" [label="api\\n64 MiB, 0.25 CPU", fillcolor="#cfe8ff"];',
      'subgraph "cluster_store" { label="stores"; color="#bbbbbb"; style=rounded;',
      '"redis" [label="redis\\n64 MiB, 0.25 CPU\\nvolume data", fillcolor="#ffe3c2"];',
      '"api" -> "redis";',
    ],
  );
});

for (const [what, given, label] of [
  [
    "published ports",
    { ports: [{ ip: "127.0.0.1", host: 8001, container: 8000 }] },
    "127.0.0.1:8001",
  ],
  ["replicas", { replicas: 3 }, "64 MiB, 0.25 CPU x 3"],
  ["a volume", { volumes: [{ name: "cache", path: "/cache" }] }, "volume cache"],
] as const) {
  test(`a box shows ${what}`, () => {
    const [box] = line(topologyDot(samplePlan({ workloads: [plannedWorkload(given)] })), '"api" [');
    assert.ok(box !== undefined && box.includes(`\\n${label}`), box);
  });
}

for (const [role, dashed] of [
  ["service", false],
  ["store", false],
  ["exporter", true],
  ["monitor", true],
] as const) {
  test(`an arrow from a ${role} is ${dashed ? "dashed" : "solid"}, and none leads to itself`, () => {
    const from = plannedWorkload({ name: "from", role, connects: ["from", "api"] });
    const dot = topologyDot(samplePlan({ workloads: [from, plannedWorkload()] }));
    assert.deepEqual(line(dot, '"from" ->'), [
      `"from" -> "api"${dashed ? ' [style=dashed, color="#888888"]' : ""};`,
    ]);
  });
}

test("the picture is well-formed, names every workload and is the same each time", async () => {
  const svg = await renderTopology(samplePlan());
  assert.equal(xmlFault(svg), undefined);
  assert.match(svg, /<svg /);
  for (const name of ["api", "redis"]) assert.match(svg, new RegExp(`>${name}</text>`));
  assert.equal(await renderTopology(samplePlan()), svg);
});

test("a stack with nothing in it is drawn too", async () => {
  assert.equal(xmlFault(await renderTopology(samplePlan({ workloads: [] }))), undefined);
});

for (const [text, fault] of [
  ['<?xml version="1.0"?><!DOCTYPE svg><!-- a --><a b="1"><c/>x &#160;&amp; y</a>\n', undefined],
  ["<a><b></a></b>", "</a> closes <b>"],
  ["<a>", "<a> left open"],
  ["<a/><b/>", "a second root <b>"],
  ["<a>x & y</a>", 'stray text "x & y"'],
  ["<a b=1/>", 'stray text "<a b=1/>"'],
  ['<a b="1" b="2"/>', "an attribute twice in <a>"],
  ["", "no element"],
] as const) {
  test(`the check for XML itself says of ${JSON.stringify(text)}: ${fault ?? "well-formed"}`, () => {
    assert.equal(xmlFault(text), fault);
  });
}
