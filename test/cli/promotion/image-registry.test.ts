import assert from "node:assert/strict";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test, type TestContext } from "node:test";
import { dockerRegistry, type ImageAnswer } from "../../../cli/promotion/image-registry";
import { temporaryFolder } from "../../support/temporary-folder";

/** Asks with a `docker` that says this on standard error; its arguments too. */
async function find(context: TestContext, image: string, says: string, code: number) {
  const folder = temporaryFolder(context);
  const docker = path.join(folder, "docker");
  writeFileSync(docker, `#!/bin/sh\necho "$*" > '${folder}/arguments'\n${says}\nexit ${code}\n`);
  chmodSync(docker, 0o755);
  return withPath(context, `${folder}:/usr/bin:/bin`, async () => {
    const answer = await dockerRegistry.find(image);
    return { answer, asked: readFileSync(path.join(folder, "arguments"), "utf8").trim() };
  });
}

async function withPath<T>(context: TestContext, PATH: string, work: () => Promise<T>): Promise<T> {
  const before = process.env["PATH"];
  context.after(() => void (process.env["PATH"] = before));
  process.env["PATH"] = PATH;
  return work();
}

const say = (...lines: readonly string[]) => lines.map((line) => `echo '${line}' >&2`).join("\n");

for (const [what, says, code, expected] of [
  ["a manifest", "echo '{}'", 0, { found: "yes" }],
  ["no manifest", say("no such manifest: ghcr.io/acme/api:1"), 1, { found: "no" }],
  [
    "a registry that does not know it",
    say("warning: something", "errors: manifest unknown: manifest unknown"),
    1,
    { found: "no" },
  ],
  [
    "a registry that asks for a login",
    say("unauthorized: authentication required"),
    1,
    { found: "unknown", reason: "unauthorized: authentication required" },
  ],
  ["no words at all", "", 3, { found: "unknown", reason: "docker ended with code 3" }],
] as const satisfies readonly (readonly [string, string, number, ImageAnswer])[]) {
  test(`${what} means: ${expected.found}`, async (context) => {
    const { answer, asked } = await find(context, "ghcr.io/acme/api:1", says, code);
    assert.deepEqual(answer, expected);
    assert.equal(asked, "manifest inspect ghcr.io/acme/api:1");
  });
}

test("a registry on the loopback may speak plain HTTP, as the engine has it; no other may", async (context) => {
  for (const [image, insecure] of [
    ["127.0.0.1:5000/api:1", "--insecure "],
    ["localhost/api:1", "--insecure "],
    ["127.0.0.1.example.com/api:1", ""],
    ["localhost.example.com:5000/api:1", ""],
  ] as const) {
    const { asked } = await find(context, image, "", 0);
    assert.equal(asked, `manifest inspect ${insecure}${image}`);
  }
});

test("without Docker's CLI nobody can tell", async (context) => {
  const answer = await withPath(context, temporaryFolder(context), () =>
    dockerRegistry.find("a:1"),
  );
  assert.deepEqual(answer, {
    found: "unknown",
    reason: "docker cannot be run: spawn docker ENOENT",
  });
});
