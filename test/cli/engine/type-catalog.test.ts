import assert from "node:assert/strict";
import { test } from "node:test";
import { TypeCatalog } from "../../../cli/engine/type-catalog";

const types = new TypeCatalog(__dirname, ["docker", "kubernetes", "nowhere"]);

for (const token of [
  "docker:index/container:Container",
  "kubernetes:apps/v1:Deployment",
  "kubernetes:networking.k8s.io/v1:Ingress",
  "kubernetes:monitoring.coreos.com/v1:ServiceMonitor", // a cluster's own kind
  "pulumi:providers:docker",
  "pulumi:pulumi:StackReference",
]) {
  test(`${token} exists`, () => assert.equal(types.fault(token), undefined));
}

for (const [token, fault] of [
  [
    "docker:index/volumes:Volume",
    /in @pulumi\/docker\. Did you mean 'docker:index\/volume:Volume'\?$/,
  ],
  ["kubernetes:networking.k8s.io/v1:Ingres", /Did you mean '.*:Ingress'\?$/],
  ["pulumi:providers:dokcer", /'dokcer', which is not among .* Did you mean 'docker'\?$/],
  ["gcp:storage/bucket:Bucket", /'gcp', which is not among docker, kubernetes, nowhere\.$/],
  ["nowhere:index:Thing", /npm install @pulumi\/nowhere\.$/],
  ["Container", /is not of the form package:module:Type\.$/],
] as const) {
  test(`${token} is refused`, () => assert.match(types.fault(token) ?? "", fault));
}
