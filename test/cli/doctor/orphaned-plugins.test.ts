import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { warn } from "../../../cli/doctor/diagnosis";
import { checkPlugins, orphanedPlugins } from "../../../cli/doctor/orphaned-plugins";
import { temporaryFolder } from "../../support/temporary-folder";

const FIX = "npm run doctor -- --stack dev --fix";

/** A made-up /proc: words of the command line, parent, working folder. */
function proc(
  context: Parameters<typeof temporaryFolder>[0],
  processes: Readonly<Record<number, readonly [string[], number, string]>>,
): string {
  const files = Object.entries(processes).flatMap(([pid, [words, parent]]) => [
    [`${pid}/cmdline`, `${words.join("\0")}\0`] as const,
    [`${pid}/stat`, `${pid} (a (b) c) S ${parent} 1 1 0`] as const,
  ]);
  const folder = temporaryFolder(context, { ...Object.fromEntries(files), "self/cmdline": "" });
  for (const [pid, [, , cwd]] of Object.entries(processes)) {
    symlinkSync(cwd, path.join(folder, pid, "cwd"));
  }
  return folder;
}

test("plugins whose Pulumi is gone are found, of this project alone", (context) => {
  const plugin = "/home/x/.pulumi/plugins/resource-docker-v5.2.0/pulumi-resource-docker";
  const script = ["node", "/home/x/.pulumi/plugins/resource-random-v4.21.2/plugin.cjs"];
  const folder = proc(context, {
    1: [["/sbin/init"], 0, "/"],
    7: [["/usr/bin/pulumi", "up"], 1, "/project"],
    10: [[plugin, "127.0.0.1:1"], 7, "/project"],
    11: [[plugin, "127.0.0.1:1"], 1, "/project"],
    12: [[plugin, "127.0.0.1:1"], 1, "/another/project"],
    13: [script, 999, "/project"],
    14: [["tail", "pulumi-resource-docker.log"], 1, "/project"],
  });
  const found = orphanedPlugins("/project", folder);
  assert.deepEqual(found, [
    { pid: 11, command: `${plugin} 127.0.0.1:1` },
    { pid: 13, command: script.join(" ") },
  ]);
  assert.deepEqual(
    checkPlugins(found, FIX),
    warn("processes", "plugins of a Pulumi that is gone still run: 11, 13", FIX),
  );
  assert.equal(checkPlugins([], FIX).status, "ok");
  assert.deepEqual(orphanedPlugins("/project", path.join(folder, "nowhere")), []);
});
