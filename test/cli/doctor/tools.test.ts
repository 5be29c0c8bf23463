import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { fail, ok, warn } from "../../../cli/doctor/diagnosis";
import { checkNode, checkPlugins, checkPulumi } from "../../../cli/doctor/tools";
import { temporaryFolder } from "../../support/temporary-folder";

for (const [version, status] of [
  ["20.18.9", "fail"],
  ["20.19.0", "ok"],
  ["22.0.0", "ok"],
  ["18.20.0", "fail"],
] as const) {
  test(`Node.js ${version} is ${status}`, () => {
    assert.equal(checkNode(version).status, status);
  });
}

for (const [version, status] of [
  ["v3.229.9\n", "warn"],
  ["v3.230.0\n", "ok"],
  ["v4.0.0\n", "ok"],
] as const) {
  test(`Pulumi ${version.trim()} is ${status}`, () => {
    assert.equal(checkPulumi({ check: () => [], read: () => version }).status, status);
  });
}

test("a Pulumi that is not there fails with the way to get it", () => {
  const missing = { problem: "not on PATH", remedy: "Install it." };
  assert.deepEqual(
    checkPulumi({ check: () => [missing], read: () => "" }),
    fail("pulumi", "not on PATH", "Install it."),
  );
});

test("plugins are looked for in the versions of the packages", (context) => {
  const pkg = (name: string) => `node_modules/@pulumi/${name}/package.json`;
  const directory = temporaryFolder(context, {
    [pkg("docker")]: '{"version":"5.2.0"}',
    [pkg("random")]: '{"version":"4.21.2"}',
  });
  const PULUMI_HOME = temporaryFolder(context, { "plugins/resource-random-v4.21.2/x": "" });
  const install = "npm run pulumi -- plugin install resource docker v5.2.0";
  assert.deepEqual(
    checkPlugins(directory, "docker", { PULUMI_HOME }),
    warn(
      "plugins",
      "Not installed: docker 5.2.0",
      `The next up downloads them. To do it now: ${install}`,
    ),
  );
  const never = { PULUMI_HOME, PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true" };
  assert.deepEqual(
    checkPlugins(directory, "docker", never),
    fail("plugins", "Not installed: docker 5.2.0", install),
  );
  mkdirSync(path.join(PULUMI_HOME, "plugins/resource-docker-v5.2.0"));
  assert.deepEqual(
    checkPlugins(directory, "docker", { PULUMI_HOME }),
    ok("plugins", "docker 5.2.0, random 4.21.2"),
  );
  assert.deepEqual(
    checkPlugins(directory, "kubernetes", { PULUMI_HOME }),
    fail("plugins", "The packages are not installed: @pulumi/kubernetes", "Run: npm ci"),
  );
});
