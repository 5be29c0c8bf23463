import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import path from "node:path";
import type Docker from "dockerode";
import { demultiplexed } from "../../../cli/docker/reach";
import { provisionFiles } from "../../../configs/provision";
import type { Stack } from "../../../model/stack";
import { workloadOf } from "../../support/declared-stack";

/** Where and how a workload runs without the rest of its stack. */
export interface Alone {
  readonly network: string;
  /** The container's name. */
  readonly container: string;
  /** Where its files are written; removed by the caller. */
  readonly folder: string;
  /** Values of the stack secrets that its files hold. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** What the test needs beside what the workload has. */
  readonly env?: readonly string[];
  readonly binds?: readonly string[];
}

/** Starts one workload with its own command, user and files, its first port on loopback. */
export async function startAlone(
  docker: Docker,
  stack: Stack,
  name: string,
  { network, container, folder, secrets = {}, env = [], binds = [] }: Alone,
): Promise<Docker.Container> {
  const { command = [], image, user, ports } = workloadOf(stack, name);
  const port = `${ports[0]?.container ?? 0}/tcp`;
  const created = await docker.createContainer({
    name: container,
    Image: image,
    Cmd: [...command],
    Env: [...env],
    User: `${user.uid}:${user.gid}`,
    ExposedPorts: { [port]: {} },
    HostConfig: {
      Binds: [...writeMounts(stack, name, folder, secrets), ...binds],
      PortBindings: { [port]: [{ HostIp: "127.0.0.1", HostPort: "0" }] },
    },
    NetworkingConfig: { EndpointsConfig: { [network]: { Aliases: [name] } } },
  });
  await created.start();
  return created;
}

/** The rendered files with their secrets, in a folder for each mount. */
function writeMounts(
  stack: Stack,
  name: string,
  parent: string,
  secrets: Readonly<Record<string, string>>,
): string[] {
  const folder = mkdtempSync(path.join(parent, `${name}-`));
  return (provisionFiles(stack).get(name) ?? []).map(({ name: mount, directory, files }) => {
    const target = path.join(folder, mount);
    mkdirSync(target);
    for (const [file, content] of Object.entries(files)) {
      const parts = typeof content === "string" ? [content] : content.parts;
      const text = parts.map((part) =>
        typeof part === "string" ? part : "declared" in part ? (secrets[part.declared] ?? "") : "",
      );
      writeFileSync(path.join(target, file), text.join(""));
    }
    return `${target}:${directory}:ro`;
  });
}

/** What a container has printed since a time in seconds. */
export async function logOf(container: Docker.Container, since = 0): Promise<string> {
  const options = { stdout: true, stderr: true, follow: false } as const;
  return demultiplexed(await container.logs({ ...options, since }));
}

/** Removes containers and their network, whether they are there or not. */
export async function removeAlone(
  docker: Docker,
  network: string,
  containers: readonly string[],
): Promise<void> {
  for (const name of containers) {
    await docker
      .getContainer(name)
      .remove({ force: true, v: true })
      .catch(() => undefined);
  }
  await docker
    .getNetwork(network)
    .remove()
    .catch(() => undefined);
}
