import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { Stack } from "./selftest/stack";

// Runs the stand-in plugin for Kubernetes (or, with WHALEWATCH_PLUGINS=upstream, the real one) on the
// lab's cluster, which must be up: node --import tsx --test test/lab/pulumi/selftest-kubernetes.e2e.ts
const LAB = resolve(__dirname, "../kubernetes");
const images = readFileSync(resolve(__dirname, "../docker/images.tsv"), "utf8");
const IMAGE = `redis:${/^redis\tredis:(\S+)/m.exec(images)?.[1] ?? ""}`;
const GATE = ["preview", "--expect-no-changes"];
const DRIFT_GATE = [...GATE, "--refresh"];
const UP = ["up", "--yes", "--skip-preview"];

let stack: Stack;
let programs: string;

before(() => {
  stack = new Stack({ IMAGE }, "program-kubernetes.ts");
  programs = stack.run(join(LAB, "build.sh"), "--print");
  const kubeconfig = stack.run(join(LAB, "cluster.sh"), "kubeconfig");
  stack.export({ KUBECONFIG: kubeconfig });
  stack.set({ KUBECONFIG: kubeconfig });
  stack.run(join(LAB, "cluster.sh"), "load", IMAGE);
  stack.up();
});

after(() => {
  stack.set({ RETAIN: "no" });
  stack.pulumi(["destroy", "--yes", "--skip-preview"]);
  kubectl("delete", "namespace", stack.prefix, "--ignore-not-found");
  stack.forget();
});

function kubectl(...args: string[]): string {
  return stack.run(join(programs, "kubectl"), "--namespace", stack.prefix, ...args);
}

test("a second preview changes nothing, nor does one that refreshes", () => {
  stack.expect(GATE);
  stack.expect(DRIFT_GATE);
});

test("the state holds secrets encrypted, also after a refresh", () => {
  const plain = "correct horse battery";
  const hidden = [plain, Buffer.from(plain).toString("base64")];
  const check = (): void => {
    const state = stack.expect(["stack", "export"]);
    for (const text of hidden) assert.ok(!state.includes(text));
  };
  check();
  stack.expect(["refresh", "--yes", "--skip-preview"]);
  check();
  stack.expect(GATE);
});

test("a config named by its content: the new one, the pods that use it, then the old one's end", () => {
  const pod = kubectl("get", "pod", "store-0", "-o", "jsonpath={.metadata.uid}");
  stack.set({ CONTENT: "maxmemory 9mb\n" });
  const output = stack.up();
  const order = /ConfigMap config creat.*StatefulSet store updat.*ConfigMap config delet/s;
  assert.match(output, order);
  assert.notEqual(kubectl("get", "pod", "store-0", "-o", "jsonpath={.metadata.uid}"), pod);
  const mounted = kubectl("exec", "store-0", "--", "cat", "/config/redis.conf");
  assert.equal(mounted, "maxmemory 9mb");
  assert.equal(kubectl("get", "configmap", "-o", "name").match(/config-/g)?.length, 1);
  stack.expect(DRIFT_GATE);
});

test("a config with a name of its own is deleted before it is made anew", () => {
  stack.set({ FIXED: "two" });
  assert.match(stack.up(), /ConfigMap fixed delet.*ConfigMap fixed creat/s);
  assert.equal(kubectl("get", "configmap", "fixed", "-o", "jsonpath={.data.text}"), "two");
});

test("what was scaled by hand is seen by a refresh alone, and healed by it", () => {
  kubectl("scale", "statefulset", "store", "--replicas", "0");
  kubectl("wait", "pod", "store-0", "--for", "delete", "--timeout", "30s");
  stack.expect(GATE);
  assert.match(stack.pulumi([...DRIFT_GATE, "--diff"]).output, /replicas/);
  stack.up("--refresh");
  assert.equal(
    kubectl("get", "statefulset", "store", "-o", "jsonpath={.status.readyReplicas}"),
    "1",
  );
  stack.expect(DRIFT_GATE);
});

test("an object that is there already is not taken over", () => {
  kubectl("create", "configmap", "taken");
  stack.set({ TAKEN: "yes" });
  assert.match(stack.pulumi(UP).output, /"taken" already exists/);
  stack.unset("TAKEN");
  kubectl("delete", "configmap", "taken");
});

test("an image that cannot be pulled fails in time and is named", () => {
  stack.set({ WEB_IMAGE: "127.0.0.1:1/missing:1", UPDATE: "8s" });
  const start = Date.now();
  const failed = stack.pulumi(UP);
  assert.ok(Date.now() - start < 40_000);
  assert.notEqual(failed.code, 0);
  assert.match(failed.output, /timed out waiting to be Ready/);
  assert.match(failed.output, /ErrImagePull|ImagePullBackOff/);
  stack.unset("WEB_IMAGE", "UPDATE");
  stack.up();
  stack.expect(DRIFT_GATE);
});

test("a retained namespace keeps the claims of a stack that is destroyed", () => {
  stack.set({ RETAIN: "yes" });
  stack.up();
  stack.expect(["destroy", "--yes", "--skip-preview"]);
  assert.equal(kubectl("get", "statefulsets,deployments,pods", "-o", "name"), "");
  const claim = kubectl("get", "pvc", "data-store-0", "-o", "jsonpath={.status.phase}");
  assert.equal(claim, "Bound");
});
