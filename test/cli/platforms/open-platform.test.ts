import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";
import { test } from "node:test";
import { PROJECT_DIRECTORY } from "../../support/declared-stack";

/** Which clients a fresh process has loaded once a stack's platform is open. */
function loadedFor(platform: string): string {
  const open = path.join(PROJECT_DIRECTORY, "cli/platforms/open-platform.ts");
  const main = path.join(PROJECT_DIRECTORY, "cli/commands/up.ts");
  const script = `
    require(${JSON.stringify(main)});
    const { openPlatform } = require(${JSON.stringify(open)});
    const loaded = () => ["dockerode", "@kubernetes/client-node"].filter((name) =>
      Object.keys(require.cache).some((file) => file.includes("/node_modules/" + name + "/")));
    const before = loaded();
    const stack = { name: "try", project: "p", workloads: [], settings: { platform: "${platform}", kubernetes: {} } };
    openPlatform(stack, "/nowhere").then(({ wellWord }) =>
      console.log(JSON.stringify([before, wellWord, loaded()])));`;
  const args = ["--import", "tsx", "-e", script];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: PROJECT_DIRECTORY,
    encoding: "utf8",
    env: { ...process.env, KUBECONFIG: "/nowhere" },
  });
  assert.equal(stderr, "");
  return stdout.trim();
}

for (const [platform, wellWord, client] of [
  ["docker", "healthy", "dockerode"],
  ["kubernetes", "ready", "@kubernetes/client-node"],
] as const) {
  test(`a stack on ${platform} loads its own client alone, and only once it is opened`, () => {
    assert.equal(loadedFor(platform), JSON.stringify([[], wellWord, [client]]));
  });
}
