import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import type { Stack } from "../../../model/stack";
import type { Workload } from "../../../model/workload";
import { generatePassword } from "../../password";
import type { Placed, PlacementArgs, Platform } from "../platform";
import { createFileVolumes } from "./file-volumes";
import { hardening } from "./hardening";
import { healthcheck } from "./health";
import { cpusText } from "./cpus";
import { DockerImages } from "./images";
import { engineName, labels } from "./labels";
import { DockerNetworks } from "./networks";
import { containerCommand } from "./schedule";

/** How long an update waits for a container to become healthy. */
const HEALTHY_WITHIN_SECONDS = 180;

/** One Docker engine: containers on closed networks, files and data in volumes. */
export class DockerPlatform extends pulumi.ComponentResource implements Platform {
  private readonly images: DockerImages;
  private readonly networks: DockerNetworks;
  private readonly digestKey: pulumi.Output<string>;

  constructor(
    name: string,
    private readonly stack: Stack,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("whalewatch:index:DockerPlatform", name, {}, opts);
    this.images = new DockerImages(this);
    this.networks = new DockerNetworks(stack, stack.workloads, this);
    this.digestKey = generatePassword(`${name}-digest-key`, this);
    this.registerOutputs({});
  }

  place({ workload, mounts, secrets, after }: PlacementArgs, parent: pulumi.Resource): Placed {
    const { stack, digestKey } = this;
    if (workload.clusterAccess !== undefined) {
      throw new pulumi.RunError(`${workload.name} reads a cluster, and Docker is none.`);
    }
    const image = this.images.idOf(workload);
    const files = createFileVolumes({ stack, workload, mounts, secrets, image, digestKey }, parent);
    const data = this.createDataVolumes(workload, parent);
    const ready = replicaNames(workload).map(
      (name) =>
        new docker.Container(
          `${name}-container`,
          {
            ...hardening(workload),
            ...this.runtimeArgs(workload, name),
            image,
            volumes: [...files.volumes, ...data, ...hostMounts(workload)],
            ...socketMount(workload),
          },
          {
            parent,
            dependsOn: [...files.filledBy, ...after],
            // Names and host ports are fixed: the old one must be gone first.
            deleteBeforeReplace: true,
            // The provider would note a change of these and never apply it.
            replaceOnChanges: ["tmpfs", "init"],
          },
        ),
    );
    const [published] = workload.ports.flatMap(({ publish }) => publish ?? []);
    return {
      ready,
      ...(published && { address: `http://${published.address}:${published.port}` }),
    };
  }

  handOver(): never {
    throw new TypeError("Docker has no operator to hand anything to.");
  }

  private runtimeArgs(workload: Workload, name: string) {
    const { limits, startWithin, stopGrace, health } = workload;
    const command = containerCommand(workload);
    const memory = limits.memory.mebibytes;
    const containerName = engineName(this.stack, name);
    return {
      name: containerName,
      labels: labels(this.stack, { name: `${name}-container`, workload: workload.name }),
      ...(command && { command }),
      envs: variables(workload, containerName),
      memory,
      // Equal to memory: no swap, and no second figure that the engine would make up.
      memorySwap: memory,
      cpus: cpusText(limits.cpu),
      networkMode: "bridge",
      networksAdvanced: this.networks.attachments(workload),
      ports: workload.ports.flatMap(({ container, protocol = "tcp", publish }) =>
        publish
          ? [{ internal: container, external: publish.port, ip: publish.address, protocol }]
          : [],
      ),
      readOnly: workload.readOnlyRoot,
      tmpfs: Object.fromEntries(
        workload.scratch.map(({ path, size }) => [
          path,
          `rw,nosuid,nodev,mode=1777,size=${size.mebibytes}m`,
        ]),
      ),
      // A tiny init reaps what programs leave behind and passes signals on.
      init: true,
      restart: "unless-stopped",
      destroyGraceSeconds: stopGrace.seconds,
      stopTimeout: stopGrace.seconds,
      ...(health && {
        healthcheck: healthcheck(health, startWithin),
        wait: true,
        waitTimeout: Math.max(HEALTHY_WITHIN_SECONDS, startWithin?.seconds ?? 0),
      }),
    } satisfies Partial<docker.ContainerArgs>;
  }

  private createDataVolumes(workload: Workload, parent: pulumi.Resource) {
    return workload.volumes.map(({ name: volumeName, path }) => {
      const name = `${workload.name}.${volumeName}`;
      const volume = new docker.Volume(
        `${name}-volume`,
        {
          name: engineName(this.stack, workload.name, volumeName),
          labels: labels(this.stack, { name: `${name}-volume`, workload: workload.name }),
        },
        // Replacing a volume of a fixed name would delete the data it holds.
        { parent, protect: true, retainOnDelete: true, ignoreChanges: ["labels"] },
      );
      return { volumeName: volume.name, containerPath: path };
    });
  }
}

function variables({ env, replicaVariable }: Workload, containerName: string): string[] {
  const own = replicaVariable === undefined ? {} : { [replicaVariable]: containerName };
  return Object.entries({ ...env, ...own }).map(([variable, value]) => `${variable}=${value}`);
}

function hostMounts({ hostDirectories }: Workload) {
  return hostDirectories.map(({ host, path }) => ({
    hostPath: host,
    containerPath: path,
    readOnly: true,
  }));
}

/** Refused by the engine where the path is not there; a volume would make a directory of it. */
function socketMount({ engineSocket }: Workload) {
  if (engineSocket === undefined) return {};
  const mount = { type: "bind", source: engineSocket, target: engineSocket, readOnly: true };
  return { mounts: [mount] };
}

/** `api` for one replica; `api.1`, `api.2` for more. */
function replicaNames({ name, replicas }: Workload): string[] {
  if (replicas === 1) return [name];
  return Array.from({ length: replicas }, (_, index) => `${name}.${index + 1}`);
}
