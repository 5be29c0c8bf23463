import assert from "node:assert/strict";
import path from "node:path";
import { test, type TestContext } from "node:test";
import { connectTo } from "../../../cli/kubernetes/connection";
import { temporaryFolder } from "../../support/temporary-folder";
import { declareCluster } from "./cluster-stack";

const kubeconfig = (current: string, ...names: readonly string[]) =>
  JSON.stringify({
    ...{ apiVersion: "v1", kind: "Config", "current-context": current },
    contexts: names.map((name) => ({ name, context: { cluster: name, user: name } })),
    clusters: names.map((name) => ({
      name,
      cluster: { server: `https://${name}.example.com:6443` },
    })),
    users: names.map((name) => ({ name, user: { token: name } })),
  });

const connect = (context: TestContext, pinned: string | undefined, ...files: readonly string[]) => {
  const folder = temporaryFolder(
    context,
    Object.fromEntries(files.map((text, index) => [`${index}`, text])),
  );
  const KUBECONFIG = files.map((_, index) => path.join(folder, String(index))).join(path.delimiter);
  const stack = declareCluster(pinned === undefined ? { context: undefined } : { context: pinned });
  return connectTo(stack, { KUBECONFIG, HOME: folder });
};

test("the pinned context is used, whatever is current and in whichever file it is", (context) => {
  const connection = connect(context, "lab", kubeconfig("a", "a"), kubeconfig("b", "b", "lab"));
  assert.ok("api" in connection);
  const { context: used, server } = connection.api;
  assert.deepEqual([used, server], ["lab", "https://lab.example.com:6443"]);
});

test("of entries with the same name the first file's counts, as with kubectl", (context) => {
  const other = kubeconfig("lab", "lab").replace("lab.example.com", "other.example.com");
  const connection = connect(context, "lab", kubeconfig("lab", "lab"), other);
  assert.ok("api" in connection);
  assert.equal(connection.api.server, "https://lab.example.com:6443");
});

test("a context that is not there is told with those that are", (context) => {
  assert.deepEqual(connect(context, "prod", kubeconfig("a", "a", "b")).obstacles, [
    {
      problem:
        "whalewatch:kubernetes.context is prod, which the kubeconfig does not have; there are: a, b.",
      remedy: "Correct it in Pulumi.try.yaml, or set KUBECONFIG to the kubeconfig that has it.",
    },
  ]);
});

test("without a pinned context nothing is deployed: the current one is told, and how to pin it", (context) => {
  assert.deepEqual(connect(context, undefined, kubeconfig("a", "a")).obstacles, [
    {
      problem:
        "whalewatch:kubernetes.context does not say which cluster this stack belongs to: the current context is a (https://a.example.com:6443), and tomorrow it may be another.",
      remedy:
        "Pin it in Pulumi.try.yaml, for example: whalewatch:kubernetes: { context: a }. To see the contexts: kubectl config get-contexts",
    },
  ]);
  assert.deepEqual(connect(context, undefined, kubeconfig("", "a")).obstacles, [
    {
      problem:
        "whalewatch:kubernetes.context does not say which cluster this stack belongs to: the kubeconfig has no current context either.",
      remedy: "Pin it in Pulumi.try.yaml. To see the contexts: kubectl config get-contexts",
    },
  ]);
});

test("without a kubeconfig the places that were looked at are told", (context) => {
  const home = temporaryFolder(context);
  for (const [environment, place] of [
    [{ HOME: home }, path.join(home, ".kube", "config")],
    [{ HOME: home, KUBECONFIG: "/no/where" }, "/no/where"],
  ] as const) {
    assert.deepEqual(connectTo(declareCluster(), environment).obstacles, [
      {
        problem: `There is no kubeconfig: looked for ${place}.`,
        remedy: "Get one from whoever runs the cluster, or set KUBECONFIG to where it is.",
      },
    ]);
  }
});

test("a kubeconfig that is no YAML is told with its place", (context) => {
  const [obstacle] = connect(context, "lab", "contexts: [").obstacles;
  assert.match(obstacle?.problem ?? "", /^The kubeconfig .*\/0 cannot be read: /);
  assert.equal(obstacle?.remedy, "Mend it, or set KUBECONFIG to another one.");
});
