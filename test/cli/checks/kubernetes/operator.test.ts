import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkCustomKinds } from "../../../../cli/checks/kubernetes/custom-kinds";
import { checkOperatorSelectors } from "../../../../cli/checks/kubernetes/operator-selectors";
import { ApiError } from "../../../../cli/kubernetes/api/cluster-api";
import { stackObjects } from "../../../../cli/kubernetes/stack-objects";
import { clusterStack } from "../../../support/cluster";
import { handed, operated, serverTwin } from "../../../support/operator-stack";
import { service, type Values } from "../../../support/stack-settings";
import { FakeCluster, list } from "../../kubernetes/fake-cluster";

const { objects } = stackObjects(handed);
const toldStack = operated({ alerts: { receivers: { bot: { webhook: { urlSecret: "hook" } } } } }, [
  "hook",
]);
const told = stackObjects(toldStack);
const GROUP = "/apis/monitoring.coreos.com/v1";
const kinds = (...names: readonly string[]) => ({
  resources: names.map((kind) => ({ kind, name: kind.toLowerCase() })),
});
const INSTALL =
  "Install the Prometheus operator, 0.81 or newer, or set whalewatch:prometheus.mode: server.";

describe("kinds that Kubernetes itself does not have", () => {
  test("are all there", async () => {
    const api = new FakeCluster({ [GROUP]: kinds("ServiceMonitor", "Probe", "PrometheusRule") });
    assert.deepEqual(await checkCustomKinds(api, objects), []);
  });

  test("without the operator all that is missing is one obstacle", async () => {
    assert.deepEqual(await checkCustomKinds(new FakeCluster(), objects), [
      {
        problem:
          "The cluster has no ServiceMonitor and Probe and PrometheusRule (monitoring.coreos.com/v1).",
        remedy: INSTALL,
      },
    ]);
  });

  test("one of them is missing", async () => {
    const api = new FakeCluster({ [GROUP]: kinds("ServiceMonitor", "PrometheusRule") });
    assert.deepEqual(await checkCustomKinds(api, objects), [
      { problem: "The cluster has no Probe (monitoring.coreos.com/v1).", remedy: INSTALL },
    ]);
  });

  test("the Gateway API is one of them", async () => {
    const route = { kind: "gateway", name: "g", namespace: "edge", controllerNamespace: "edge" };
    const stack = clusterStack({
      services: { api: service({ host: "api.example.com" }) },
      kubernetes: { route },
    });
    assert.deepEqual(await checkCustomKinds(new FakeCluster(), stackObjects(stack).objects), [
      {
        problem: "The cluster has no HTTPRoute (gateway.networking.k8s.io/v1).",
        remedy: "Install the Gateway API, or set whalewatch:kubernetes.route to kind: ingress.",
      },
    ]);
  });

  test("a stack without any asks for none", async () => {
    const api = new FakeCluster();
    assert.deepEqual(await checkCustomKinds(api, stackObjects(serverTwin).objects), []);
    assert.deepEqual(api.asked, []);
  });
});

test("who is told is of a version of its own", async () => {
  const known = kinds("ServiceMonitor", "Probe", "PrometheusRule");
  assert.deepEqual(await checkCustomKinds(new FakeCluster({ [GROUP]: known }), told.objects), [
    {
      problem: "The cluster has no AlertmanagerConfig (monitoring.coreos.com/v1alpha1).",
      remedy: INSTALL,
    },
  ]);
  const all = { [GROUP]: known, [`${GROUP}alpha1`]: kinds("AlertmanagerConfig") };
  assert.deepEqual(await checkCustomKinds(new FakeCluster(all), told.objects), []);
});

describe("an Alertmanager that takes what is handed over", () => {
  const check = async (...specs: readonly Values[]): Promise<string[]> => {
    const items = specs.map((spec, index) => ({
      metadata: { name: `a${index}`, namespace: "elsewhere" },
      spec,
    }));
    const api = new FakeCluster({ [`${GROUP}/alertmanagers`]: list(...items) });
    const obstacles = await checkOperatorSelectors(api, toldStack, told.objects);
    return obstacles.map(({ problem }) => problem);
  };
  const everywhere = { alertmanagerConfigNamespaceSelector: {} };

  test("one that takes everything", async () =>
    assert.deepEqual(await check({ ...everywhere, alertmanagerConfigSelector: {} }), []));
  test("one that asks for the labels that were said", async () => {
    const alertmanagerConfigSelector = { matchLabels: { release: "kps" } };
    assert.deepEqual(await check({ ...everywhere, alertmanagerConfigSelector }), []);
  });
  for (const [title, spec] of [
    ["one that takes none", everywhere],
    ["one that looks into its own namespace alone", { alertmanagerConfigSelector: {} }],
    [
      "one that asks for another label",
      { ...everywhere, alertmanagerConfigSelector: { matchLabels: { release: "other" } } },
    ],
  ] satisfies [string, Values][]) {
    test(title, async () => {
      const [problem, ...others] = await check(spec);
      assert.deepEqual(others, []);
      assert.match(
        problem ?? "",
        /^No Alertmanager of the cluster would take the stack's AlertmanagerConfig objects: a0 asks for /,
      );
    });
  }
  test("there is none", async () => {
    assert.deepEqual(await check(), [
      "The cluster has no Alertmanager of the operator's, so nobody would be told.",
    ]);
  });
  test("who may not see it is not asked about it", async () => {
    const api = new FakeCluster({
      [`${GROUP}/alertmanagers`]: new ApiError("forbidden", 403),
    });
    assert.deepEqual(await checkOperatorSelectors(api, toldStack, told.objects), []);
  });
});

describe("a Prometheus that takes what is handed over", () => {
  const path = `${GROUP}/namespaces/monitoring/prometheuses`;
  const all = {
    serviceMonitorSelector: {},
    serviceMonitorNamespaceSelector: {},
    probeSelector: {},
    probeNamespaceSelector: {},
    ruleSelector: {},
    ruleNamespaceSelector: {},
  };
  const check = async (...specs: readonly Values[]): Promise<string[]> => {
    const items = specs.map((spec, index) => ({
      metadata: { name: `p${index}`, namespace: "monitoring" },
      spec,
    }));
    const obstacles = await checkOperatorSelectors(
      new FakeCluster({ [path]: list(...items) }),
      handed,
      objects,
    );
    return obstacles.map(({ problem }) => problem);
  };
  const refused = (kind: string, asks: string): string =>
    `No Prometheus of the cluster would take the stack's ${kind} objects: ${asks}.`;
  const release = (name: string) => ({ matchLabels: { release: name } });

  test("one that takes everything", async () => assert.deepEqual(await check(all), []));

  test("one that asks for the labels that were said", async () => {
    const asking = { ...all, serviceMonitorSelector: release("kps"), ruleSelector: release("kps") };
    assert.deepEqual(await check(asking), []);
  });

  test("one that asks for another label", async () => {
    assert.deepEqual(await check({ ...all, ruleSelector: release("other") }), [
      refused(
        "PrometheusRule",
        'p0 asks for ruleSelector {"matchLabels":{"release":"other"},"matchExpressions":[]} and ruleNamespaceSelector {"matchLabels":{},"matchExpressions":[]}',
      ),
    ]);
  });

  test("one that has no selector takes nothing", async () => {
    const { probeSelector, ...rest } = all;
    assert.deepEqual(probeSelector, {});
    assert.deepEqual(await check(rest), [
      refused(
        "Probe",
        'p0 asks for probeSelector null and probeNamespaceSelector {"matchLabels":{},"matchExpressions":[]}',
      ),
    ]);
  });

  test("one that looks into its own namespace alone", async () => {
    const found = await check({ ...all, serviceMonitorNamespaceSelector: null });
    assert.equal(found.length, 1);
    assert.match(found[0] ?? "", /serviceMonitorNamespaceSelector null/);
  });

  test("one that asks for a label of the namespaces", async () => {
    const ours = { matchLabels: { "app.kubernetes.io/part-of": "whalewatch" } };
    assert.deepEqual(await check({ ...all, ruleNamespaceSelector: ours }), []);
    const theirs = { matchLabels: { team: "whales" } };
    assert.equal((await check({ ...all, ruleNamespaceSelector: theirs })).length, 1);
  });

  test("one of two is enough", async () => {
    assert.deepEqual(await check({ ...all, ruleSelector: release("other") }, all), []);
  });

  test("none in that namespace", async () => {
    assert.deepEqual(await check(), ["Namespace monitoring has no Prometheus of the operator's."]);
  });

  test("who may not see it is not asked about it", async () => {
    const api = new FakeCluster({ [path]: new ApiError("forbidden", 403) });
    assert.deepEqual(await checkOperatorSelectors(api, handed, objects), []);
  });

  test("with a Prometheus of its own a stack asks for none", async () => {
    const api = new FakeCluster();
    const own = stackObjects(serverTwin).objects;
    assert.deepEqual(await checkOperatorSelectors(api, serverTwin, own), []);
    assert.deepEqual(api.asked, []);
  });
});
