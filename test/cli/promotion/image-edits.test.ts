import assert from "node:assert/strict";
import { test } from "node:test";
import { changedLines, EditableImages } from "../../../cli/promotion/image-edits";
import { projectFile } from "../../support/stack-settings";

const NEW = `example/api:2.0.0@sha256:${"0".repeat(64)}`;
const OLD = "example/api:1.0.0";

/** A stack file with one service, whose image is written like this. */
const fileWith = (image: string, key = "whalewatch:services") =>
  `# top\n\nconfig:\n  ${key}:\n    # before\n    api:\n        ${image}\n        port: 8000\n\n\n  # after\n  secrets:x: {secure:   v1:abc}\n`;

for (const [what, before, after] of [
  ["plain, with a comment", `image: ${OLD}   # why`, `image: ${NEW}   # why`],
  ["in double quotes", `image:   "${OLD}"`, `image:   "${NEW}"`],
  ["in single quotes", `'image': '${OLD}'`, `'image': '${NEW}'`],
] as const) {
  for (const end of ["\n", "\r\n"]) {
    test(`an image ${what} is changed and every other byte stays (${JSON.stringify(end)})`, () => {
      const [text, expected] = [before, after].map((image) =>
        fileWith(image).replaceAll("\n", end),
      );
      const images = new EditableImages(text ?? "", "whalewatch");
      assert.equal(images.canEdit("api"), true);
      assert.equal(images.edit([{ service: "api", from: OLD, to: NEW }]), expected);
    });
  }
}

test("a key without the project's name, and a service in one line, are found", () => {
  const text = `config: { services: { web: { image: a:1 }, api: { port: 1, image: ${OLD}, env: {} } } }`;
  const images = new EditableImages(text, "whalewatch");
  assert.equal(images.edit([{ service: "api", from: OLD, to: NEW }]), text.replace(OLD, NEW));
});

test("an image of its own beside a merge key is changed; a merged one cannot be for one service alone", () => {
  const text = `config:
  other:common: &common { image: ${OLD}, port: 8000 }
  whalewatch:services:
    api: { <<: *common, image: ${OLD} }
    web: { <<: *common }
`;
  const images = new EditableImages(text, "whalewatch");
  assert.deepEqual([images.canEdit("api"), images.canEdit("web")], [true, false]);
  assert.equal(
    images.edit([{ service: "api", from: OLD, to: NEW }]),
    text.replace(`<<: *common, image: ${OLD}`, `<<: *common, image: ${NEW}`),
  );
});

for (const [what, text] of [
  ["an anchor on the image", fileWith(`image: &image ${OLD}`)],
  [
    "an alias",
    fileWith("image: *image")
      .replace("# top\n", "")
      .replace("config:", "config:\n  a:b: &image x:1"),
  ],
  ["an anchor on the service", fileWith(`image: ${OLD}`).replace("api:", "api: &api")],
  ["an anchor on all services", fileWith(`image: ${OLD}`).replace("services:", "services: &all")],
  ["a block of text", fileWith(`image: >-\n          ${OLD}`)],
  ["no image", fileWith("env: {}")],
  ["no such service", fileWith(`image: ${OLD}`).replace("api:", "web:")],
  ["no services", "config: {}\n"],
] as const) {
  test(`${what}: cannot be edited for this service alone`, () => {
    const images = new EditableImages(text, "whalewatch");
    assert.equal(images.canEdit("api"), false);
    assert.throws(() => images.edit([{ service: "api", from: OLD, to: NEW }]), /cannot be changed/);
  });
}

test("the shipped prod: every image gets its digest, comments and order stay", () => {
  const text = projectFile("Pulumi.prod.yaml");
  const image = "registry.example.com/whalewatch/model-api:1.0.0";
  const digest = `@sha256:${"1".repeat(64)}`;
  const edits = ["resnet-v1", "efficientnet-v1", "efficientnet-v2"].map((service) => ({
    ...{ service, from: image, to: image + digest },
  }));
  const edited = new EditableImages(text, "whalewatch").edit(edits);
  assert.equal(edited, text.replaceAll(image, image + digest));
  assert.equal(edited.length, text.length + 3 * digest.length);
});

test("the lines that differ are shown as a diff shows them", () => {
  assert.equal(
    changedLines("a.yaml", "one\r\ntwo\r\nthree\r\n", "one\r\n2\r\nthree\r\n"),
    "--- a.yaml\n+++ a.yaml\n@@ line 2 @@\n-two\n+2",
  );
});
