import type { DeclaredResource } from "../../../../cli/drift/declared-resources";
import { compareContainer } from "../../../../cli/drift/docker/compare-container";
import { declaredContainers } from "../../../../cli/drift/docker/declared-container";
import { findContainer, findImage } from "../../../../cli/drift/docker/engine";
import type { Finding } from "../../../../cli/drift/finding";
import { stubEngine } from "./stub-engine";

/** URN of the container that the tests compare. */
export const URN = "urn:pulumi:dev::whalewatch::docker:index/container:Container::api-container";
/** Its id. */
export const ID = "0123456789abcdef";
/** Its network's id. */
export const NETWORK_ID = "network-of-services";

/** The container as it was declared: with one of everything. */
export const INPUTS = {
  name: "whalewatch.dev.api",
  image: "sha256:api",
  command: ["serve"],
  envs: ["GREETING=hello"],
  labels: [{ label: "whalewatch.workload", value: "api" }],
  user: "1000:1000",
  memory: 96,
  memorySwap: 96,
  cpus: "0.5",
  readOnly: true,
  capabilities: { drops: ["ALL"], adds: ["CAP_CHOWN"] },
  securityOpts: ["no-new-privileges:true"],
  restart: "unless-stopped",
  init: true,
  stopTimeout: 30,
  logDriver: "json-file",
  logOpts: { "max-size": "10m", "max-file": "3" },
  tmpfs: { "/tmp": "rw,size=16m" },
  networkMode: "bridge",
  networksAdvanced: [{ name: NETWORK_ID, aliases: ["api"] }],
  ports: [{ internal: 8000, external: 8001, ip: "127.0.0.1", protocol: "tcp" }],
  volumes: [
    { containerPath: "/etc/api", volumeName: "api.config.files-0123456789ab", readOnly: true },
    { containerPath: "/data", volumeName: "api.data" },
  ],
  healthcheck: { tests: ["CMD", "true"] },
};

/** The same as the engine tells of it; each test changes its own copy. */
export function inspected() {
  return {
    Id: ID,
    Image: "sha256:api",
    State: { Running: true },
    Config: {
      Env: ["PATH=/bin", "GREETING=hello"],
      Labels: { "whalewatch.workload": "api", "from.the.image": "yes" } as Record<string, string>,
      Cmd: ["serve"],
      User: "1000:1000",
      Healthcheck: { Test: ["CMD", "true"] },
      StopTimeout: 30,
    },
    HostConfig: {
      Memory: 96 * 1024 * 1024,
      MemorySwap: 96 * 1024 * 1024,
      NanoCpus: 5e8,
      ReadonlyRootfs: true,
      Privileged: false,
      CapAdd: ["CHOWN"],
      CapDrop: ["ALL"],
      SecurityOpt: ["no-new-privileges:true"],
      PidMode: "",
      RestartPolicy: { Name: "unless-stopped" },
      Init: true,
      LogConfig: { Type: "json-file", Config: { "max-file": "3", "max-size": "10m" } },
      Tmpfs: { "/tmp": "rw,size=16m" },
      NetworkMode: "default",
      PortBindings: { "8000/tcp": [{ HostIp: "127.0.0.1", HostPort: "8001" }] },
    },
    Mounts: [
      { Type: "volume", Name: "api.config.files-0123456789ab", Destination: "/etc/api", RW: false },
      { Type: "volume", Name: "api.data", Destination: "/data", RW: true },
      { Type: "volume", Name: "0".repeat(64), Destination: "/made/by/the/image", RW: true },
    ],
    NetworkSettings: {
      Networks: {
        services: { NetworkID: NETWORK_ID, Aliases: ["api", "0123456789ab"] },
      } as Record<string, { NetworkID: string; Aliases: string[] }>,
    },
  };
}

/** Images that the engine has. */
export const IMAGES: Record<string, unknown> = {
  "sha256:api": { Id: "sha256:api", Config: { Env: ["PATH=/bin"] } },
  "sha256:other": { Id: "sha256:other", Config: { Env: ["PATH=/bin"] } },
};

/** A resource of the state. */
export function declare(
  inputs: Readonly<Record<string, unknown>>,
  given: Partial<DeclaredResource> = {},
): DeclaredResource {
  return {
    urn: URN,
    type: "docker:index/container:Container",
    name: "api-container",
    id: ID,
    inputs,
    shownInputs: inputs,
    secretInputs: new Set(),
    ...given,
  };
}

/** What is found when the engine has this container in place of the declared one. */
export async function compared(
  container: unknown,
  given: Partial<DeclaredResource> = {},
): Promise<Finding[]> {
  const docker = stubEngine({ containers: { [ID]: container }, images: IMAGES });
  const [declared] = declaredContainers([declare(INPUTS, given)]);
  const found = await findContainer(docker, ID);
  if (declared === undefined || found === undefined) throw new Error("nothing to compare");
  const image = await findImage(docker, found.Image);
  const declaredImageId = (await findImage(docker, declared.inputs.image))?.Id;
  return compareContainer({ declared, found, image, declaredImageId });
}
