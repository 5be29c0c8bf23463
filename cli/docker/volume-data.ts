import type { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type Docker from "dockerode";
import { RESOURCE_LABEL, STACK_LABEL, stackLabel, WORKLOAD_LABEL } from "../../model/engine-labels";
import type { StackIdentity } from "../../model/stack-identity";
import type { VolumeData } from "../platforms/platform-access";
import { UserError } from "../user-error";
import { stackContainers } from "./stack-containers";
import { statusOf } from "./status-of";

/** As long as an update waits for a container to become healthy. */
const HEALTHY_WITHIN_MS = 180_000;
const ASK_EVERY_MS = 500;
/** Empties a directory without removing it, in any POSIX shell. */
const EMPTY = 'cd "$1" && rm -rf -- * .[!.]* ..?*';
const STOPPED_ALREADY = 304;

/** The data of a stack's volumes on a Docker engine. */
export class DockerVolumeData implements VolumeData {
  constructor(
    private readonly docker: Docker,
    private readonly stack: StackIdentity,
  ) {}

  /**
   * Frozen while it is copied, so that the copy is of one moment, as after a crash, from which every
   * store recovers; connections and alerts' timers outlive it.
   */
  async copy(workload: string, directory: string, output: Writable): Promise<void> {
    const container = await this.containerOf(workload);
    const { State } = await container.inspect();
    // One that is paused already was left so by a copy that was killed.
    if (!State.Running) return this.archive(container, directory, output);
    if (!State.Paused) await container.pause();
    try {
      await this.archive(container, directory, output);
    } finally {
      await container.unpause();
    }
  }

  async checkReplaceable(workload: string, directory: string): Promise<void> {
    await this.inVolume(workload, directory, ":");
  }

  async replace(workload: string, directory: string, archive: Readable): Promise<void> {
    const container = await this.containerOf(workload);
    await container.stop().catch((error: unknown) => {
      if (statusOf(error) !== STOPPED_ALREADY) throw error;
    });
    await this.inVolume(workload, directory, EMPTY, (helper) =>
      helper.putArchive(archive, { path: directory }),
    );
    await container.start();
    await this.healthy(workload, container);
  }

  private async archive(container: Docker.Container, directory: string, output: Writable) {
    await pipeline(await container.getArchive({ path: `${directory}/.` }), output, { end: false });
  }

  /**
   * Runs a shell line with the volume of a directory, in a container of the same image, as root since
   * the files may be anybody's; then does something with that container.
   */
  private async inVolume(
    workload: string,
    directory: string,
    line: string,
    then: (helper: Docker.Container) => Promise<unknown> = () => Promise.resolve(),
  ): Promise<void> {
    const { Image, Mounts } = await (await this.containerOf(workload)).inspect();
    const volume = Mounts.find(({ Destination }) => Destination === directory)?.Name;
    if (volume === undefined) throw new UserError(`${workload} has no volume at ${directory}.`);
    const helper = await this.docker.createContainer({
      Image,
      Entrypoint: ["sh", "-c", line, "sh"],
      Cmd: [directory],
      User: "0:0",
      Labels: {
        [STACK_LABEL]: stackLabel(this.stack),
        [RESOURCE_LABEL]: `${workload}-restore`,
      },
      HostConfig: { Binds: [`${volume}:${directory}`], NetworkMode: "none" },
    });
    try {
      await helper.start();
      const { StatusCode } = (await helper.wait()) as { StatusCode: number };
      if (StatusCode !== 0) throw new UserError(`${directory} of ${workload} cannot be emptied.`);
      await then(helper);
    } catch (error) {
      if (error instanceof UserError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new UserError(
        `The volume of ${workload} cannot be written to by way of a shell in its image: ${reason}`,
      );
    } finally {
      await helper.remove({ force: true, v: true }); // the unnamed volumes of its image
    }
  }

  private async containerOf(workload: string): Promise<Docker.Container> {
    const found = (await stackContainers(this.docker, this.stack)).find(
      ({ Labels }) =>
        Labels[WORKLOAD_LABEL] === workload &&
        Labels[RESOURCE_LABEL]?.endsWith("-container") === true,
    );
    if (found !== undefined) return this.docker.getContainer(found.Id);
    throw new UserError(
      `${workload} does not run. Bring the stack up: whalewatch up --stack ${this.stack.name}`,
    );
  }

  private async healthy(workload: string, container: Docker.Container): Promise<void> {
    const end = Date.now() + HEALTHY_WITHIN_MS;
    while (Date.now() < end) {
      const { State } = await container.inspect();
      if (State.Running && (State.Health?.Status ?? "healthy") === "healthy") return;
      await sleep(ASK_EVERY_MS);
    }
    throw new UserError(`${workload} did not become healthy with the data that was put in place.`);
  }
}
