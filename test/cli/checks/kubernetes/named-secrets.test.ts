import assert from "node:assert/strict";
import { test } from "node:test";
import { missingSecrets } from "../../../../cli/checks/kubernetes/named-secrets";
import { ApiError } from "../../../../cli/kubernetes/api/cluster-api";
import { declareCluster } from "../../kubernetes/cluster-stack";
import { FakeCluster } from "../../kubernetes/fake-cluster";

const route = { kind: "ingress", className: "nginx", controllerNamespace: "ingress-nginx" };
const stack = declareCluster({
  imagePullSecrets: ["registry"],
  route: { ...route, tlsSecret: "certificate" },
});
const secret = (tier: string, name: string): string =>
  `/api/v1/namespaces/whalewatch-try-${tier}/secrets/${name}`;

test("each Secret that is named and missing is told of, with the command that makes it", async () => {
  const api = new FakeCluster({
    [secret("stores", "registry")]: { metadata: { name: "registry" } },
  });
  assert.deepEqual(await missingSecrets(api, stack), [
    "Namespace whalewatch-try-services has no Secret registry: images that need its login are not pulled. Once the namespace is there, make it and run up again: kubectl --context lab create secret docker-registry registry --namespace whalewatch-try-services …",
    "Namespace whalewatch-try-services has no Secret certificate: the route has no certificate of yours. Once the namespace is there, make it and run up again: kubectl --context lab create secret tls certificate --namespace whalewatch-try-services …",
  ]);
});

test("who may not see Secrets is not told that they are missing", async () => {
  const hidden = new ApiError("forbidden", 403);
  const api = new FakeCluster({
    [secret("stores", "registry")]: hidden,
    [secret("services", "registry")]: hidden,
    [secret("services", "certificate")]: hidden,
  });
  assert.deepEqual(await missingSecrets(api, stack), []);
});

test("no Secret is asked for where none is named", async () => {
  const api = new FakeCluster();
  const plain = declareCluster();
  assert.deepEqual(await missingSecrets(api, plain), []);
  assert.deepEqual(api.asked, []);
});
