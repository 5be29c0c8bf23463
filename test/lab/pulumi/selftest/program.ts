import * as docker from "@pulumi/docker";
import * as random from "@pulumi/random";

// A small stack whose shape the self-test changes through the environment.
const knob = (name: string, otherwise: string): string =>
  process.env[`SELFTEST_${name}`] ?? otherwise;
const prefix = knob("PREFIX", "whalewatch-selftest");
const labels = [{ label: "whalewatch.selftest", value: prefix }];
const memory = Number(knob("MEMORY", "32"));
const healthy = knob("HEALTH", "redis-cli ping");

const image = new docker.RemoteImage("redis", { name: knob("IMAGE", "redis"), keepLocally: true });
const password = new random.RandomPassword("password", { length: 24, special: false });
const network = new docker.Network("net", { labels });
const config = new docker.Volume("config", { name: `${prefix}-config`, labels });
const data = new docker.Volume(
  "data",
  { name: `${prefix}-data`, labels },
  { retainOnDelete: knob("RETAIN", "yes") === "yes" },
);

const files = new docker.Container("files", {
  image: image.imageId,
  start: false,
  mustRun: false,
  labels,
  volumes: [{ volumeName: config.name, containerPath: "/config" }],
  uploads: [
    { file: "/config/a.conf", content: knob("CONTENT", "maxmemory 8mb\n") },
    {
      file: "/config/secret",
      content: password.result,
      permissions: "0400",
      owner: "999",
      group: "999",
    },
  ],
});

const server = new docker.Container(
  "server",
  {
    image: image.imageId,
    memory,
    memorySwap: memory,
    cpus: knob("CPUS", "0.5"),
    networkMode: "bridge",
    networksAdvanced: [{ name: network.id, aliases: ["server"] }],
    readOnly: knob("READ_ONLY", "yes") === "yes",
    tmpfs: { "/tmp": "size=1m" },
    init: true,
    user: "999:999",
    labels,
    envs: ["B=2", "A=1"],
    capabilities: { drops: ["ALL"] },
    securityOpts: ["no-new-privileges:true"],
    logDriver: "json-file",
    logOpts: { "max-size": "1m" },
    restart: "unless-stopped",
    command: ["redis-server", "/config/a.conf"],
    volumes: [
      { volumeName: config.name, containerPath: "/config", readOnly: true },
      { volumeName: data.name, containerPath: "/data" },
    ],
    uploads: process.env["SELFTEST_UPLOAD"] === undefined ? [] : [upload()],
    healthcheck: { tests: ["CMD-SHELL", healthy], interval: "1s", timeout: "1s", retries: 2 },
    wait: true,
    waitTimeout: Number(knob("WAIT", "20")),
    destroyGraceSeconds: 5,
  },
  { dependsOn: files },
);

function upload(): { file: string; content: string } {
  return { file: "/data/upload", content: knob("UPLOAD", "") };
}

/** A container with a name of its own, made only when the self-test asks for it. */
if (knob("NAMED", "no") === "yes") {
  new docker.Container("named", {
    name: `${prefix}-named`,
    image: image.imageId,
    labels,
    healthcheck: { tests: ["CMD-SHELL", knob("NAMED_HEALTH", "true")], interval: "1s" },
    wait: true,
    waitTimeout: 20,
  });
}

/** An image built from a folder, and a container that is replaced when the image changes. */
if (process.env["SELFTEST_CONTEXT"] !== undefined) {
  const built = new docker.Image("built", {
    imageName: `${prefix}:built`,
    skipPush: true,
    build: { context: knob("CONTEXT", "") },
  });
  new docker.Container("built", { image: built.repoDigest, labels, mustRun: false, start: false });
}

export const serverId = server.id;
export const filesId = files.id;
export const secret = password.result;
