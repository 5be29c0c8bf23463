import assert from "node:assert/strict";
import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { describeDiagnoses, fail, ok, warn } from "../../../cli/doctor/diagnosis";
import { checkSpace } from "../../../cli/doctor/disk-space";
import { diagnoseEngine } from "../../../cli/doctor/docker-engine";
import { checkInterrupted } from "../../../cli/doctor/interrupted";
import {
  checkPlugins as checkProcesses,
  orphanedPlugins,
} from "../../../cli/doctor/orphaned-plugins";
import {
  checkBackend,
  checkFiles,
  checkPassphrase,
  unfinishedExports,
} from "../../../cli/doctor/state";
import { checkNode, checkPlugins, checkPulumi } from "../../../cli/doctor/tools";
import { temporaryFolder } from "../../support/temporary-folder";

test("diagnoses are lines, what to do below each, and a summary", () => {
  const diagnoses = [
    ok("node", "22.1.0"),
    warn("clock", "3 s behind", "Set it."),
    fail("engine", "Docker does not answer", "Start it."),
  ];
  assert.equal(
    describeDiagnoses("dev", diagnoses),
    `ok    node            22.1.0
warn  clock           3 s behind
                      -> Set it.
fail  engine          Docker does not answer
                      -> Start it.
dev: 3 checks, 1 to mend, 1 warning.`,
  );
  assert.match(describeDiagnoses("dev", [ok("node", "22.1.0")]), /\ndev: 1 checks, all is well\.$/);
});

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

for (const [free, status] of [
  [500, "ok"],
  [499, "warn"],
  [50, "warn"],
  [49, "fail"],
] as const) {
  test(`${free} MiB free of 500, at least 50, is ${status}`, () => {
    const found = checkSpace("disk", "/data", { enough: 500, least: 50 }, () => free);
    assert.equal(found.status, status);
    assert.equal(found.found, `${free} MiB are free in /data`);
  });
}

test("space that cannot be seen is a warning", () => {
  const blind = () => {
    throw new Error("ENOENT");
  };
  assert.equal(checkSpace("disk", "/data", { enough: 1, least: 1 }, blind).status, "warn");
});

const NOW = Date.parse("2026-11-27T01:00:00Z");
const INFO = {
  ...{ CgroupVersion: "2", MemoryLimit: true, SwapLimit: true, CpuCfsQuota: true },
  ...{ DockerRootDir: "/var/lib/docker", SystemTime: "2026-11-27T01:00:00.5Z" },
};
const VERSION = { Version: "27.1.1", ApiVersion: "1.46" };
const engine = (given: { info?: object; version?: object; free?: number; elsewhere?: boolean }) =>
  diagnoseEngine(
    {
      info: () => Promise.resolve({ ...INFO, ...given.info }),
      version: () => Promise.resolve({ ...VERSION, ...given.version }),
    },
    {
      now: () => NOW,
      free: () => given.free ?? 9000,
      engineElsewhere: given.elsewhere ?? false,
    },
  );

test("an engine that is well", async () => {
  assert.deepEqual(await engine({}), [
    ok("engine", "Docker 27.1.1, API 1.46"),
    ok("limits", "cgroup v2: memory, swap and CPU can be limited"),
    ok("engine's disk", "9000 MiB are free in /var/lib/docker"),
    ok("clock", "the engine's agrees with this machine's"),
  ]);
});

for (const [what, given, expected] of [
  [
    "old",
    { version: { ApiVersion: "1.40" } },
    "fail engine: Docker 27.1.1, API 1.40; 1.41 is needed",
  ],
  [
    "without limits",
    { info: { MemoryLimit: false, CpuCfsQuota: false } },
    "fail limits: cgroup v2: memory and CPU cannot be limited",
  ],
  [
    "without limits of swap",
    { info: { CgroupVersion: "1", SwapLimit: false } },
    "warn limits: cgroup v1: swap cannot be limited, so a container may use more than its memory",
  ],
  ["full", { free: 1023 }, "fail engine's disk: 1023 MiB are free in /var/lib/docker"],
  ["nearly full", { free: 1024 }, "warn engine's disk: 1024 MiB are free in /var/lib/docker"],
  [
    "slow",
    { info: { SystemTime: "2026-11-27T00:59:58Z" } },
    "warn clock: the engine's is 2 s behind this machine's",
  ],
  [
    "in another hour",
    { info: { SystemTime: "2026-11-27T03:00:00+01:00" } },
    "fail clock: the engine's is 3600 s ahead of this machine's",
  ],
] as const) {
  test(`an engine that is ${what}`, async () => {
    const found = (await engine(given)).filter(({ status }) => status !== "ok");
    assert.deepEqual(
      found.map((one) => `${one.status} ${one.what}: ${one.found}`),
      [expected],
    );
  });
}

test("an engine elsewhere is not asked for space here", async () => {
  const found = await engine({ elsewhere: true, free: 0 });
  assert.deepEqual(
    found[2],
    ok("engine's disk", "/var/lib/docker is on another machine, whose space is not seen"),
  );
});

const DEAD = { pid: 42, hostname: "here", dead: true };
const FIX = "npm run doctor -- --stack dev --fix";
for (const [what, traces, status, left] of [
  ["nothing", {}, "ok", ""],
  ["a lock", { lock: DEAD }, "fail", "the lock of process 42, which is gone"],
  ["one creation", { pendingCreates: 1 }, "fail", "1 unfinished creation in the state"],
  [
    "all of it",
    { lock: DEAD, pendingCreates: 2, leftovers: ["container a", "network b"] },
    "fail",
    "the lock of process 42, which is gone; 2 unfinished creations in the state; container a, network b, not in the state",
  ],
] as const) {
  test(`an interrupted update that left ${what}`, () => {
    const none = { lock: undefined, pendingCreates: 0, leftovers: [] };
    const found = checkInterrupted({ ...none, ...traces }, FIX);
    const sentence = `An update was interrupted and left behind: ${left}. Names are taken by that and the next plain pulumi up fails; data is safe.`;
    assert.deepEqual(
      found,
      status === "ok"
        ? ok("update", "none runs, and none was interrupted")
        : fail("update", sentence, FIX),
    );
  });
}

test("an update that runs is a warning, and nothing for --fix", () => {
  const lock = { ...DEAD, dead: false };
  assert.deepEqual(
    checkInterrupted({ lock, pendingCreates: 0, leftovers: [] }, FIX),
    warn(
      "update",
      "process 42 on here is updating the stack",
      "Wait for it to end; if that process is gone: npm run pulumi -- cancel",
    ),
  );
});

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
    checkProcesses(found, FIX),
    warn("processes", "plugins of a Pulumi that is gone still run: 11, 13", FIX),
  );
  assert.equal(checkProcesses([], FIX).status, "ok");
  assert.deepEqual(orphanedPlugins("/project", path.join(folder, "nowhere")), []);
});

test("a state elsewhere is named without its password; one here is looked at", (context) => {
  const setBy = "PULUMI_BACKEND_URL";
  assert.deepEqual(checkBackend({ url: "postgres://me:hunter2@db/state", setBy }), [
    ok("state", "postgres://***@db/state (PULUMI_BACKEND_URL)"),
  ]);
  const folder = temporaryFolder(context);
  const [found, space] = checkBackend({ url: `file://${folder}`, setBy: "default" });
  assert.deepEqual(found, ok("state", `file://${folder} (default)`));
  assert.equal(space?.what, "state's disk");
  const missing = path.join(folder, "missing");
  assert.deepEqual(
    checkBackend({ url: `file://${missing}?x=1`, setBy: "default" }).map(({ status }) => status),
    ["fail"],
  );
});

test("a passphrase is there, and its owner's alone", (context) => {
  const folder = temporaryFolder(context, { passphrase: "secret" });
  const file = path.join(folder, "passphrase");
  const check = (environment: NodeJS.ProcessEnv) => checkPassphrase(environment).status;
  chmodSync(file, 0o600);
  assert.equal(check({ PULUMI_CONFIG_PASSPHRASE_FILE: file }), "ok");
  chmodSync(file, 0o640);
  assert.equal(check({ PULUMI_CONFIG_PASSPHRASE_FILE: file }), "warn");
  assert.equal(check({ PULUMI_CONFIG_PASSPHRASE_FILE: path.join(folder, "no") }), "fail");
  assert.equal(check({ PULUMI_CONFIG_PASSPHRASE: "" }), "ok");
});

test("exports that were not finished are stale files, of this stack alone", (context) => {
  const folder = temporaryFolder(context, {
    "exports/dev/a.json": "",
    "exports/dev/b.json.part": "",
    "exports/prod/c.json.part": "",
  });
  const stale = unfinishedExports(folder, "dev");
  assert.deepEqual(stale, [path.join(folder, "exports/dev/b.json.part")]);
  assert.equal(checkFiles(stale, FIX).toDo, FIX);
  assert.deepEqual(unfinishedExports(folder, "new"), []);
  assert.deepEqual(checkFiles([], FIX), ok("files", "no stale file"));
});
