import assert from "node:assert/strict";
import { test } from "node:test";
import { declareStack, serviceSettings } from "../../../support/declared-stack";
import { containerArgsOf } from "../../../support/docker-args";
import { CONTAINER, placeEnvironment } from "../../../support/placed-environment";

const REMOTE_IMAGE = "docker:index/remoteImage:RemoteImage";
const BUILT_IMAGE = "docker:index/image:Image";

const built = serviceSettings({
  image: "acme/built:1.0.0",
  build: { context: "services/built" },
});
const placed = placeEnvironment(
  declareStack({
    monitoring: { enabled: false },
    services: {
      a: serviceSettings(),
      b: serviceSettings(),
      c: built,
      d: built,
      e: serviceSettings({ image: `ghcr.io/acme/pinned@sha256:${"ab".repeat(32)}` }),
    },
  }),
);

test("each image is pulled once, and kept for other stacks on the engine", async () => {
  assert.deepEqual(
    (await placed).ofType(REMOTE_IMAGE).map(({ name, inputs }) => [name, inputs]),
    [`ghcr.io/acme/pinned@sha256:${"ab".repeat(32)}`, "registry.example.com/api:1.0.0"].map(
      (image) => [image, { name: image, keepLocally: true }],
    ),
  );
});

test("an image with a folder is built once, from that folder, and pushed nowhere", async () => {
  assert.deepEqual(
    (await placed).ofType(BUILT_IMAGE).map(({ name, inputs, parentType }) => ({
      name,
      inputs,
      parentType,
    })),
    [
      {
        name: "acme/built:1.0.0",
        inputs: {
          imageName: "acme/built:1.0.0",
          buildOnPreview: false, // the SDK's own default
          skipPush: true,
          build: { context: "services/built", dockerfile: "services/built/Dockerfile" },
        },
        parentType: "whalewatch:index:DockerPlatform",
      },
    ],
  );
});

test("services of one image run the same content", async () => {
  const environment = await placed;
  const image = (name: string) =>
    containerArgsOf(environment.get(CONTAINER, `${name}-container`)).image;
  assert.equal(image("a"), image("b"));
  assert.equal(image("c"), image("d"));
  assert.equal(new Set(["a", "c", "e"].map(image)).size, 3);
});
