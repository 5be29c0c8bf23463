import assert from "node:assert/strict";
import { test } from "node:test";
import { verbatim } from "../../../../components/platform/kubernetes/objects/expansion";
import {
  clusterStack,
  containerOf,
  controllersOf,
  ofKind,
  podOf,
  projectCluster,
  theObject,
} from "../../../support/cluster";
import { workloadOf } from "../../../support/declared-stack";
import { service } from "../../../support/stack-settings";

const prod = projectCluster("prod");

for (const { name, health, volumes } of prod.workloads.filter(
  ({ schedule }) => schedule === undefined,
)) {
  test(`${name} is ready when it answers, and alive while its port is open`, () => {
    const container = containerOf(prod, name);
    const [startup, readiness, liveness] = ["startupProbe", "readinessProbe", "livenessProbe"].map(
      (probe) => container.at(probe),
    );
    assert.ok(health && startup && readiness && liveness);
    const kind = health.kind === "http" ? "httpGet" : "exec";
    assert.ok(startup.at(kind).plain !== undefined);
    assert.deepEqual(readiness.at(kind).plain, startup.at(kind).plain);
    // Restarting would not help what only lacks its database.
    const [port] = container.at("ports").list;
    assert.deepEqual(liveness.at("tcpSocket", "port").plain, port?.at("containerPort").plain);
    // Ten minutes to start, an hour where data may have to be recovered first.
    const patience = startup.at("periodSeconds").number * startup.at("failureThreshold").number;
    assert.equal(patience, volumes.length > 0 ? 3600 : 600);
    for (const probe of [startup, readiness, liveness]) {
      assert.equal(probe.at("timeoutSeconds").plain, 5);
    }
  });
}

test("a service answers for a while after it is told to stop, and has its whole time to stop then", () => {
  const service = podOf(prod, "resnet-v1");
  const container = containerOf(prod, "resnet-v1");
  assert.deepEqual(container.at("lifecycle").plain, { preStop: { sleep: { seconds: 5 } } });
  const { stopGrace } = workloadOf(prod, "resnet-v1");
  assert.equal(service.at("terminationGracePeriodSeconds").plain, stopGrace.seconds + 5);
  assert.equal(containerOf(prod, "postgres").at("lifecycle").plain, undefined);
});

for (const [what, values, probes] of [
  ["no health", { health: false }, [undefined, undefined, undefined]],
  ["a path", { health: "/up" }, ["httpGet", "httpGet", "tcpSocket"]],
  ["a command", { healthCommand: ["ok"] }, ["exec", "exec", "tcpSocket"]],
  [
    "a worker's command",
    { kind: "worker", port: undefined, healthCommand: ["ok"] },
    ["exec", "exec", "exec"],
  ],
  ["a worker", { kind: "worker", port: undefined }, [undefined, undefined, undefined]],
] as const) {
  test(`a service with ${what} has the probes ${probes.map((probe) => probe ?? "none").join(", ")}`, () => {
    const declared = Object.fromEntries(
      Object.entries(service(values)).filter(([, value]) => value !== undefined),
    );
    const container = containerOf(clusterStack({ services: { api: declared } }), "api");
    const found = ["startupProbe", "readinessProbe", "livenessProbe"].map((probe) =>
      ["httpGet", "exec", "tcpSocket"].find(
        (kind) => container.at(probe, kind).plain !== undefined,
      ),
    );
    assert.deepEqual(found, probes);
  });
}

/** What a pod's resolv.conf searches: its own namespace, as ever, and what the template adds. */
function searched(stack: typeof prod, name: string): string[] {
  const added = podOf(stack, name)
    .at("dnsConfig", "searches")
    .list.map(({ text }) => text);
  const namespace = controllersOf(stack).find((one) => one.name === name)?.namespace ?? "";
  const { clusterDomain } = stack.settings.kubernetes;
  return [`${namespace}.svc.${clusterDomain}`, ...added];
}

test("each peer is found by its short name, in exactly one of the searched namespaces", () => {
  for (const { name, connects } of prod.workloads) {
    for (const peer of connects) {
      const found = ofKind(prod, "Service", peer).map(
        ({ namespace }) => `${namespace}.svc.cluster.local`,
      );
      assert.equal(found.length, 1);
      assert.ok(
        searched(prod, name).includes(found[0] ?? ""),
        `${name} looks for ${peer} in ${searched(prod, name).join(" ")}`,
      );
    }
  }
});

test("no search line comes near the 255 characters above which musl drops it", () => {
  const reserved = " svc.cluster.local cluster.local eu-central-1.compute.internal".length;
  for (const { name } of prod.workloads) {
    const line = `search ${searched(prod, name).join(" ")}`;
    assert.ok(line.length + reserved < 255, `${name}: ${line}`);
  }
});

test("who has peers in its own namespace alone searches nothing more; another domain is used", () => {
  assert.equal(podOf(prod, "grafana").at("dnsConfig").plain, undefined);
  const stack = clusterStack({
    services: { api: service({ needs: ["redis"] }) },
    redis: {},
    kubernetes: { clusterDomain: "corp.internal" },
  });
  assert.deepEqual(podOf(stack, "api").at("dnsConfig").plain, {
    searches: ["whalewatch-test-stores.svc.corp.internal"],
  });
});

const DIGEST = `sha256:${"0".repeat(64)}`;
for (const [image, mirrored] of [
  ["redis:8.0.6", "mirror.example.com/all/library/redis:8.0.6"],
  ["prom/prometheus:v3.5.3", "mirror.example.com/all/prom/prometheus:v3.5.3"],
  ["ghcr.io/acme/api:1.4.2", "mirror.example.com/all/acme/api:1.4.2"],
  ["localhost:5000/api:1.0.0", "mirror.example.com/all/api:1.0.0"],
  [`quay.io/a/b/c@${DIGEST}`, `mirror.example.com/all/a/b/c@${DIGEST}`],
] as const) {
  test(`${image.slice(0, 40)} is pulled from the mirror under its own path`, () => {
    const declared = { services: { api: service({ image }) } };
    const kubernetes = { registryMirror: "mirror.example.com/all" };
    assert.equal(containerOf(clusterStack(declared), "api").at("image").text, image);
    const stack = clusterStack({ ...declared, kubernetes });
    assert.equal(containerOf(stack, "api").at("image").text, mirrored);
  });
}

test("with a mirror every image comes from it, and each pod knows the registry's logins", () => {
  const kubernetes = { registryMirror: "mirror.example.com", imagePullSecrets: ["one", "two"] };
  const stack = projectCluster("dev", { kubernetes });
  for (const { name } of stack.workloads) {
    assert.match(containerOf(stack, name).at("image").text, /^mirror\.example\.com\//);
    assert.deepEqual(podOf(stack, name).at("imagePullSecrets").plain, [
      { name: "one" },
      { name: "two" },
    ]);
  }
  assert.equal(podOf(prod, "redis").at("imagePullSecrets").plain, undefined);
});

test("claims ask for the class that the settings name, and for none otherwise", () => {
  const classOf = (stack: typeof prod): unknown =>
    theObject(stack, "StatefulSet", "redis")
      .at("spec", "volumeClaimTemplates")
      .list[0]?.at("spec", "storageClassName").plain;
  assert.equal(classOf(prod), undefined);
  const kubernetes = { storageClass: "fast-ssd" };
  assert.equal(classOf(projectCluster("dev", { kubernetes })), "fast-ssd");
});

for (const [text, given] of [
  ["plain", "plain"],
  ["$HOME ${HOME} $", "$HOME ${HOME} $"],
  ["$(HOME)", "$$(HOME)"],
  ["$$(HOME)", "$$$$(HOME)"],
  ["cost: 5$$", "cost: 5$$$"],
  ["a$$b$(c)$", "a$$$b$$(c)$"],
] as const) {
  test(`${text} is given as ${given}, which the kubelet turns back`, () => {
    assert.equal(verbatim(text), given);
    assert.equal(expanded(given), text);
  });
}

/** What the kubelet makes of a text (third_party/forked/golang/expansion), references unknown. */
function expanded(text: string): string {
  let result = "";
  for (let at = 0; at < text.length; at += 1) {
    result += text[at] ?? "";
    if (text[at] === "$" && text[at + 1] === "$") at += 1;
  }
  return result;
}

test("a volume called like a mount of the platform's own does not take its place", () => {
  const volumes = Object.fromEntries(
    ["files-secrets", "scratch-tmp", "host-root", "volume-files-secrets", "data"].map(
      (name, index) => [name, { path: `/data-${index}`, storage: "1Gi" }],
    ),
  );
  const stack = clusterStack({ services: { api: service({ volumes, secrets: ["token"] }) } }, [
    "token",
  ]);
  const mounts = containerOf(stack, "api")
    .at("volumeMounts")
    .list.map((mount) => `${mount.at("name").text} ${mount.at("mountPath").text}`);
  assert.deepEqual(mounts, [
    "files-secrets /run/secrets",
    "volume-files-secrets /data-0",
    "volume-scratch-tmp /data-1",
    "volume-host-root /data-2",
    "volume-volume-files-secrets /data-3",
    "data /data-4",
    "scratch-tmp /tmp",
  ]);
});

test("a worker without a port has no Service, since one without ports is refused", () => {
  const { image, limits } = service();
  const stack = clusterStack({ services: { queue: { image, limits, kind: "worker" } } });
  assert.deepEqual(ofKind(stack, "Service", "queue"), []);
  assert.equal(workloadOf(stack, "queue").ports.length, 0);
});
