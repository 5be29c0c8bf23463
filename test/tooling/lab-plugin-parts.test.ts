import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { buildContext } from "../lab/pulumi/plugins/docker/build-context";
import { formatDuration, parseDuration } from "../lab/pulumi/plugins/docker/duration";
import { tarOf } from "../lab/pulumi/plugins/docker/tar";
import { fromNanoCpus, toBytes, toMebibytes, toNanoCpus } from "../lab/pulumi/plugins/docker/units";
import { uploadArchive } from "../lab/pulumi/plugins/docker/uploads";
import { isAutonamed, withName } from "../lab/pulumi/plugins/protocol/autoname";
import { checkInputs } from "../lab/pulumi/plugins/protocol/check";
import { diffProperties } from "../lab/pulumi/plugins/protocol/diff";
import { bcrypt } from "../lab/pulumi/plugins/random/bcrypt";
import { drawPassword } from "../lab/pulumi/plugins/random/password";
import { passwordSchema } from "../lab/pulumi/plugins/random/random-password";

test("cpus are read back as upstream writes them", () => {
  const written = ["1", "0.5", "0.25", "1.5", "2.0", "10"].map((cpus) =>
    fromNanoCpus(toNanoCpus(cpus)),
  );
  assert.deepEqual(written, ["1.0", "0.5", "0.25", "1.5", "2.0", "10."]);
});

test("memory is in MiB, -1 is unlimited", () => {
  assert.deepEqual([toBytes(64), toBytes(0), toBytes(-1)], [67108864, 0, -1]);
  assert.deepEqual([toMebibytes(67108864), toMebibytes(-1)], [64, -1]);
});

test("durations are read back as Go writes them", () => {
  const written = ["0s", "10s", "60s", "90s", "1h", "500ms", "1.5s"].map((text) =>
    formatDuration(parseDuration(text)),
  );
  assert.deepEqual(written, ["0s", "10s", "1m0s", "1m30s", "1h0m0s", "500ms", "1.5s"]);
});

test("an archive is read by tar, with owners, modes and long names", () => {
  const long = `${"folder/".repeat(20)}file`;
  const archive = tarOf([
    { name: "plain", mode: 0o444, uid: 999, gid: 998, content: Buffer.from("text") },
    { name: long, mode: 0o600, content: Buffer.alloc(1000, "x") },
    { name: "link", mode: 0o777, kind: "link", target: "plain" },
  ]);
  const listed = execFileSync("tar", ["-tvf", "-", "--numeric-owner"], { input: archive });
  assert.match(
    listed.toString(),
    /^-r--r--r-- 999\/998 +4 .*plain\n-rw-------.* 1000 .*file\n.*link -> plain/,
  );
  assert.ok(listed.toString().includes(long));
});

test("an upload needs exactly one content", async () => {
  await assert.rejects(
    uploadArchive({ uploads: [{ file: "/a", content: "" }] }),
    /one of 'content'/,
  );
  const both = [{ file: "/a", content: "a", contentBase64: "YQ==" }];
  await assert.rejects(uploadArchive({ uploads: both }), /only one of/);
  assert.equal(await uploadArchive({ uploads: [] }), undefined);
});

test("a build's digest follows the files that .dockerignore lets through", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lab-context-"));
  const digest = async (): Promise<string> => (await buildContext(folder, "")).digest;
  try {
    writeFileSync(join(folder, "Dockerfile"), "FROM scratch\n");
    writeFileSync(join(folder, ".dockerignore"), "ignored\n**/*.log\n!kept.log\n");
    mkdirSync(join(folder, "ignored"));
    const first = await digest();
    writeFileSync(join(folder, "ignored", "file"), "text");
    writeFileSync(join(folder, "a.log"), "text");
    assert.equal(await digest(), first);
    writeFileSync(join(folder, "kept.log"), "text");
    assert.notEqual(await digest(), first);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a Dockerfile outside of the context is brought along", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lab-context-"));
  try {
    mkdirSync(join(folder, "context"));
    writeFileSync(join(folder, "recipe"), "FROM scratch\n");
    const { dockerfile } = await buildContext(join(folder, "context"), join(folder, "recipe"));
    assert.equal(dockerfile, ".dockerfile.outside-context");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a name is made once and kept", () => {
  const first = withName({}, { name: "net", olds: {}, seed: Buffer.from("a") });
  assert.match(JSON.stringify(first["name"]), /^"net-[0-9a-f]{7}"$/);
  assert.ok(isAutonamed(first));
  assert.deepEqual(withName({}, { name: "net", olds: first, seed: Buffer.from("b") }), first);
  const given = withName({ name: "mine" }, { name: "net", olds: first, seed: Buffer.from("b") });
  assert.ok(given["name"] === "mine" && !isAutonamed(given));
});

test("a password obeys its arguments", () => {
  const inputs = { length: 40, special: false, upper: false, minNumeric: 30 };
  const { inputs: complete, failures } = checkInputs(passwordSchema, inputs);
  assert.deepEqual(failures, []);
  const drawn = drawPassword(complete);
  assert.match(drawn, /^[a-z0-9]{40}$/);
  assert.ok((drawn.match(/\d/g) ?? []).length >= 30);
  assert.notEqual(drawPassword(complete), drawn);
  const special = checkInputs(passwordSchema, { length: 9, minSpecial: 9, overrideSpecial: "-_" });
  assert.match(drawPassword(special.inputs), /^[-_]{9}$/);
});

test("every argument of a password draws a new one", () => {
  const { inputs } = checkInputs(passwordSchema, { length: 20, keepers: { turn: "1" } });
  assert.deepEqual(diffProperties(passwordSchema, { ...inputs, result: "x" }, inputs), []);
  const others = [{ length: 21 }, { special: false }, { keepers: { turn: "2" } }, { minUpper: 1 }];
  for (const change of others) {
    const found = diffProperties(passwordSchema, inputs, { ...inputs, ...change });
    assert.deepEqual(
      found.map(({ property, replaces }) => [property, replaces]),
      [[Object.keys(change)[0], true]],
    );
  }
});

test("the bcrypt hash is the one that others compute", () => {
  assert.equal(
    bcrypt("correct horse", Buffer.alloc(16)),
    "$2a$10$......................nv4jBSA75t.uN3qW4leIgHZlQfUKZUi",
  );
});
