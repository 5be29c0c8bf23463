import assert from "node:assert/strict";
import { test } from "node:test";
import { formatImage, parseImage, sameRepository } from "../../model/image-reference";
import { imageField } from "../../model/settings/fields";

const DIGEST = `sha256:${"0".repeat(64)}`;
for (const [image, expected] of [
  ["redis:8.0.6", { repository: "redis", tag: "8.0.6" }],
  ["ghcr.io/acme/api:1.4.2", { repository: "ghcr.io/acme/api", tag: "1.4.2" }],
  [`ghcr.io/acme/api@${DIGEST}`, { repository: "ghcr.io/acme/api", digest: DIGEST }],
  [
    `localhost:5000/acme/api:1.4.2@${DIGEST}`,
    { repository: "localhost:5000/acme/api", tag: "1.4.2", digest: DIGEST },
  ],
] as const) {
  test(`${image} is a valid image, comes apart and together again`, () => {
    assert.deepEqual(parseImage(image), expected);
    assert.equal(formatImage(parseImage(image)), image);
    assert.equal(imageField.parse(image), image);
  });
}

test("a registry's port is no tag", () => {
  assert.deepEqual(parseImage("localhost:5000/api"), { repository: "localhost:5000/api" });
});

for (const [a, b, same] of [
  ["redis", "docker.io/library/redis", true],
  ["acme/api", "docker.io/acme/api", true],
  ["acme/api", "ghcr.io/acme/api", false],
  ["localhost/api", "docker.io/localhost/api", false],
  ["library/redis", "redis", true],
] as const) {
  test(`${a} and ${b} are ${same ? "one repository" : "two repositories"}`, () => {
    assert.equal(sameRepository(a, b), same);
    assert.equal(sameRepository(b, a), same);
  });
}
