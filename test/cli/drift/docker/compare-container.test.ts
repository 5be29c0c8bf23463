import assert from "node:assert/strict";
import { test } from "node:test";
import { compared, inspected, URN } from "./containers";

type Found = ReturnType<typeof inspected>;
type Sides = readonly [property: string, declared: string, found: string];

test("a container as declared has no finding; what the image and tools add is none", async () => {
  assert.deepEqual(await compared(inspected()), []);
});

/** One change by hand, what is told of it, and whether a refresh puts it right. */
const changes: readonly [what: string, change: (found: Found) => void, Sides, "refresh"?][] = [
  [
    "stopped",
    (found) => (found.State.Running = false),
    ["mustRun", "running", "stopped"],
    "refresh",
  ],
  [
    "docker update --memory",
    ({ HostConfig }) => (HostConfig.Memory = 64 * 1024 * 1024),
    ["memory", "96", "64"],
    "refresh",
  ],
  [
    "unlimited swap",
    ({ HostConfig }) => (HostConfig.MemorySwap = -1024 * 1024),
    ["memorySwap", "96", "-1"],
    "refresh",
  ],
  [
    "docker update --restart",
    ({ HostConfig }) => (HostConfig.RestartPolicy.Name = "no"),
    ["restart", "unless-stopped", "no"],
    "refresh",
  ],
  ["docker update --cpus", ({ HostConfig }) => (HostConfig.NanoCpus = 2e9), ["cpus", "0.5", "2"]],
  ["command", ({ Config }) => (Config.Cmd = ["debug"]), ["command", "serve", "debug"]],
  ["user", ({ Config }) => (Config.User = ""), ["user", "1000:1000", "none"]],
  [
    "writable root",
    ({ HostConfig }) => (HostConfig.ReadonlyRootfs = false),
    ["readOnly", "true", "false"],
  ],
  [
    "privileged",
    ({ HostConfig }) => (HostConfig.Privileged = true),
    ["privileged", "false", "true"],
  ],
  [
    "a capability more",
    ({ HostConfig }) => HostConfig.CapAdd.push("CAP_SYS_ADMIN"),
    ["capabilities", "none", "+SYS_ADMIN"],
  ],
  [
    "no security options",
    ({ HostConfig }) => (HostConfig.SecurityOpt = []),
    ["securityOpts", "no-new-privileges:true", "none"],
  ],
  [
    "host's processes",
    ({ HostConfig }) => (HostConfig.PidMode = "host"),
    ["pidMode", "none", "host"],
  ],
  ["no init", ({ HostConfig }) => (HostConfig.Init = false), ["init", "true", "false"]],
  ["stop time", ({ Config }) => (Config.StopTimeout = 1), ["stopTimeout", "30", "1"]],
  [
    "log driver",
    ({ HostConfig }) => (HostConfig.LogConfig.Type = "none"),
    ["logDriver", "json-file", "none"],
  ],
  [
    "log size",
    ({ HostConfig }) => (HostConfig.LogConfig.Config["max-size"] = "9g"),
    ["logOpts", "max-size=10m", "max-size=9g"],
  ],
  [
    "tmpfs",
    ({ HostConfig }) => (HostConfig.Tmpfs["/tmp"] = "rw,exec"),
    ["tmpfs", "/tmp=rw,size=16m", "/tmp=rw,exec"],
  ],
  [
    "host's network",
    ({ HostConfig }) => (HostConfig.NetworkMode = "host"),
    ["networkMode", "bridge", "host"],
  ],
  [
    "a port for everybody",
    ({ HostConfig }) => (HostConfig.PortBindings["8000/tcp"] = [{ HostIp: "", HostPort: "8001" }]),
    ["ports", "127.0.0.1:8001->8000/tcp", "0.0.0.0:8001->8000/tcp"],
  ],
  [
    "a host folder",
    ({ Mounts }) =>
      Mounts.push({ Type: "bind", Source: "/", Destination: "/host", RW: true } as never),
    ["volumes", "none", "/:/host"],
  ],
  [
    "files that may be written",
    ({ Mounts }) => Mounts.forEach((mount) => (mount.RW = true)),
    [
      "volumes",
      "api.config.files-0123456789ab:/etc/api:ro",
      "api.config.files-0123456789ab:/etc/api",
    ],
  ],
  [
    "no health check",
    ({ Config }) => (Config.Healthcheck.Test = ["NONE"]),
    ["healthcheck", "CMD true", "NONE"],
  ],
  [
    "a variable's value",
    ({ Config }) => (Config.Env = ["PATH=/bin", "GREETING=hunter2"]),
    ["envs GREETING", "hello", "another value"],
  ],
  [
    "a variable gone",
    ({ Config }) => (Config.Env = ["PATH=/bin"]),
    ["envs GREETING", "hello", "not set"],
  ],
  [
    "a variable more",
    ({ Config }) => Config.Env.push("TOKEN=hunter2"),
    ["envs TOKEN", "not set", "set"],
  ],
  [
    "an image's variable",
    ({ Config }) => (Config.Env = ["PATH=/tmp", "GREETING=hello"]),
    ["envs PATH", "as the image has it", "another value"],
  ],
  [
    "a label",
    ({ Config }) => (Config.Labels = { "whalewatch.workload": "web" }),
    ["labels whalewatch.workload", "api", "web"],
  ],
  [
    "another image",
    (found) => (found.Image = "sha256:other"),
    ["image", "sha256:api", "sha256:other"],
  ],
  [
    "a network left",
    ({ NetworkSettings }) => (NetworkSettings.Networks = {}),
    ["networksAdvanced network-of-s", "joined", "not joined"],
  ],
  [
    "a name lost",
    ({ NetworkSettings }) => (NetworkSettings.Networks["services"]!.Aliases = []),
    ["networksAdvanced services", "found as api", "not found by that name"],
  ],
];

for (const [what, change, [property, declared, found], mended] of changes) {
  test(`${what} is one finding, of ${property}`, async () => {
    const container = inspected();
    change(container);
    const mend = mended === "refresh" ? { by: "refresh" } : { by: "replace", urns: [URN] };
    assert.deepEqual(await compared(container), [
      { resource: "api-container", urn: URN, property, declared, found, cause: "drift", mend },
    ]);
  });
}

test("a network joined by hand is left by hand", async () => {
  const container = inspected();
  container.NetworkSettings.Networks["bridge"] = { NetworkID: "b", Aliases: [] };
  assert.deepEqual(await compared(container), [
    {
      ...{ resource: "api-container", urn: URN, property: "networksAdvanced bridge" },
      ...{ declared: "not joined", found: "joined", cause: "drift" },
      mend: { by: "hand", command: "docker network disconnect bridge whalewatch.dev.api" },
    },
  ]);
});

test("a container that took the name is told first, and is in the way of every update", async () => {
  const container = { ...inspected(), Id: "fedcba9876543210" };
  container.Config.User = "0";
  const mend = { by: "hand", command: "docker rm -f whalewatch.dev.api", thenUpdate: true };
  const told = { resource: "api-container", urn: URN, cause: "drift", mend };
  assert.deepEqual(await compared(container), [
    {
      ...told,
      ...{ property: "existence", declared: "as Pulumi made it", found: "made by somebody else" },
    },
    { ...told, property: "user", declared: "1000:1000", found: "0" },
  ]);
});

test("a secret property is only said to differ", async () => {
  const container = inspected();
  container.Config.Env = ["PATH=/bin", "GREETING=hunter2"];
  container.Config.Cmd = ["--password=hunter3"];
  const findings = await compared(container, { secretInputs: new Set(["envs", "command"]) });
  assert.deepEqual(
    findings.map(({ property, declared, found }) => [property, declared, found]),
    [
      ["command", "[secret]", "differs"],
      ["envs GREETING", "[secret]", "differs"],
    ],
  );
});
