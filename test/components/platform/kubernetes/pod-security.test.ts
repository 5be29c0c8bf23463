import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { clusterStacks } from "../../../support/arbitrary-cluster";
import {
  clusterStack,
  controllersOf,
  ofKind,
  projectCluster,
  templateOf,
} from "../../../support/cluster";
import { violations } from "../../../support/pod-security";
import { service } from "../../../support/stack-settings";

const HARDENED = {
  securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
  containers: [
    {
      name: "c",
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
    },
  ],
};
const [CONTAINER] = HARDENED.containers;
const withContainer = (change: object) => ({
  ...HARDENED,
  containers: [
    { ...CONTAINER, ...change, securityContext: { ...CONTAINER?.securityContext, ...change } },
  ],
});
const withPod = (change: object) => ({
  ...HARDENED,
  securityContext: { ...HARDENED.securityContext, ...change },
});

test("a pod that sets what the restricted level asks for has no violation", () => {
  assert.deepEqual(violations(HARDENED), []);
});

for (const [field, pod] of [
  ["hostNetwork", { ...HARDENED, hostNetwork: true }],
  ["hostPID", { ...HARDENED, hostPID: true }],
  ["hostIPC", { ...HARDENED, hostIPC: true }],
  ["securityContext.sysctls", withPod({ sysctls: [{ name: "kernel.msgmax", value: "1" }] })],
  ["securityContext.windowsOptions", withPod({ windowsOptions: { hostProcess: true } })],
  ["securityContext.seLinuxOptions", withPod({ seLinuxOptions: { user: "root" } })],
  ["securityContext.appArmorProfile", withPod({ appArmorProfile: { type: "Unconfined" } })],
  ["securityContext.seccompProfile", withPod({ seccompProfile: { type: "Unconfined" } })],
  ["securityContext.runAsNonRoot", withPod({ runAsNonRoot: false })],
  ["securityContext.runAsUser", withPod({ runAsUser: 0 })],
  ["volumes[0]", { ...HARDENED, volumes: [{ name: "h", hostPath: { path: "/" } }] }],
  ["volumes[0]", { ...HARDENED, volumes: [{ name: "n", nfs: { server: "x", path: "/" } }] }],
  ["containers[0].privileged", withContainer({ privileged: true })],
  ["containers[0].allowPrivilegeEscalation", withContainer({ allowPrivilegeEscalation: true })],
  ["containers[0].capabilities.drop", withContainer({ capabilities: { drop: ["NET_RAW"] } })],
  [
    "containers[0].capabilities.add",
    withContainer({ capabilities: { drop: ["ALL"], add: ["SYS_TIME"] } }),
  ],
  ["containers[0].procMount", withContainer({ procMount: "Unmasked" })],
  ["containers[0].runAsNonRoot", withContainer({ runAsNonRoot: false })],
  ["containers[0].runAsUser", withContainer({ runAsUser: 0 })],
  ["containers[0].seccompProfile", withContainer({ seccompProfile: { type: "Unconfined" } })],
  ["containers[0].seLinuxOptions", withContainer({ seLinuxOptions: { type: "spc_t" } })],
  ["containers[0].appArmorProfile", withContainer({ appArmorProfile: { type: "Unconfined" } })],
  ["containers[0].windowsOptions", withContainer({ windowsOptions: { hostProcess: true } })],
  ["containers[0].hostPort", withContainer({ ports: [{ containerPort: 1, hostPort: 80 }] })],
  [
    "containers[0].lifecycle",
    withContainer({ lifecycle: { preStop: { httpGet: { host: "a", port: 1 } } } }),
  ],
  ["containers[0].livenessProbe", withContainer({ livenessProbe: { tcpSocket: { host: "a" } } })],
  ["initContainers", { ...HARDENED, initContainers: [{ name: "i" }] }],
  ["ephemeralContainers", { ...HARDENED, ephemeralContainers: [{ name: "e" }] }],
] as const) {
  test(`the check finds a bad ${field}`, () => {
    const found = violations(pod);
    assert.ok(
      found.some((one) => one.startsWith(field)),
      found.join(),
    );
  });
}

/** Tiers by namespace: what runs there, and what it violates. */
function verdicts(stack: Parameters<typeof controllersOf>[0]): Record<string, readonly string[]> {
  return Object.fromEntries(
    controllersOf(stack).map((controller) => [
      controller.name,
      violations(templateOf(controller).at("spec").plain),
    ]),
  );
}

for (const name of ["dev", "prod"] as const) {
  const stack = projectCluster(name);

  test(`${name}: every workload is restricted but node-exporter, which reads the node's files`, () => {
    const bad = Object.entries(verdicts(stack)).filter(([, found]) => found.length > 0);
    assert.deepEqual(bad, [["node-exporter", ["volumes[0]: hostPath"]]]);
  });

  test(`${name}: node-exporter is alone in the one namespace that is not enforced as restricted`, () => {
    const levels = ofKind(stack, "Namespace").map(({ name: namespace, tree }) => [
      namespace,
      ...["enforce", "audit", "warn"].map(
        (mode) => tree.at("metadata", "labels", `pod-security.kubernetes.io/${mode}`).plain,
      ),
      controllersOf(stack).filter((one) => one.namespace === namespace).length,
    ]);
    const restricted = ["restricted", "restricted", "restricted"];
    const privileged = ["privileged", "privileged", "privileged"];
    assert.deepEqual(levels, [
      [`whalewatch-${name}-services`, ...restricted, 3],
      [`whalewatch-${name}-stores`, ...restricted, name === "prod" ? 3 : 2],
      [`whalewatch-${name}-monitoring`, ...restricted, 7],
      [`whalewatch-${name}-host`, ...privileged, 1],
    ]);
  });

  test(`${name}: roots are read-only, tokens are mounted for who reads the cluster alone`, () => {
    for (const controller of controllersOf(stack)) {
      const { name: workload } = controller;
      const pod = templateOf(controller).at("spec");
      const reads = ["kube-state-metrics", "prometheus"].includes(workload);
      assert.equal(pod.at("automountServiceAccountToken").plain, reads, workload);
      assert.equal(pod.at("serviceAccountName").plain, workload);
      for (const container of pod.at("containers").list) {
        assert.equal(container.at("securityContext", "readOnlyRootFilesystem").plain, true);
      }
      for (const volume of pod.at("containers").list.flatMap((c) => c.at("volumeMounts").list)) {
        if (/^(?:files|host)-/.test(volume.at("name").text)) {
          assert.equal(volume.at("readOnly").plain, true);
        }
      }
    }
    for (const { tree } of ofKind(stack, "ServiceAccount")) {
      assert.equal(tree.at("automountServiceAccountToken").plain, false);
    }
    assert.deepEqual(ofKind(stack, "Secret"), []);
  });
}

test("in every stack all is restricted but node-exporter, whatever the services say", () => {
  fc.assert(
    fc.property(clusterStacks, (stack) => {
      for (const [workload, found] of Object.entries(verdicts(stack))) {
        assert.deepEqual(found, workload === "node-exporter" ? ["volumes[0]: hostPath"] : []);
      }
    }),
    { numRuns: 20 },
  );
});

test("a service that writes to its root is still restricted", () => {
  const stack = clusterStack({ services: { api: service({ readOnlyRoot: false, user: "70:0" }) } });
  assert.deepEqual(verdicts(stack)["api"], []);
});
