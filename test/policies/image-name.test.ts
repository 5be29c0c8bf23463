import assert from "node:assert/strict";
import { test } from "node:test";
import { imageName } from "../../policies/images/image-name";

const DIGEST = `sha256:${"a".repeat(64)}`;

for (const [text, registry, repository, rest] of [
  ["postgres", "docker.io", "library/postgres", {}],
  ["postgres:18.6", "docker.io", "library/postgres", { tag: "18.6" }],
  ["prom/prometheus:v3", "docker.io", "prom/prometheus", { tag: "v3" }],
  ["docker.io/redis:8", "docker.io", "library/redis", { tag: "8" }],
  ["ghcr.io/acme/team/api:1", "ghcr.io", "acme/team/api", { tag: "1" }],
  ["localhost/api", "localhost", "api", {}],
  ["registry:5000/api", "registry:5000", "api", {}],
  ["registry:5000/api:1", "registry:5000", "api", { tag: "1" }],
  [`a/b@${DIGEST}`, "docker.io", "a/b", { digest: DIGEST }],
  [`a/b:1@${DIGEST}`, "docker.io", "a/b", { tag: "1", digest: DIGEST }],
] as const) {
  test(`${text} is ${repository} of ${registry}`, () => {
    assert.deepEqual(imageName(text), { text, registry, repository, ...rest });
  });
}
