import { Readable } from "node:stream";
import type Docker from "dockerode";
import { engineName } from "../../components/platform/docker/labels";
import { WORKLOAD_LABEL } from "../../model/engine-labels";
import { FIRST_POSTGRES_MAJOR } from "../../model/postgres-major";
import type { Stack } from "../../model/stack";
import { POSTGRES } from "../../model/workloads/postgres";
import { stackContainers, stackVolumes } from "./stack-containers";
import { statusOf } from "./status-of";

/** Where images keep the data, by major version. */
const dataOf = (root: string, major: number): string => `${root}/${major}/docker/PG_VERSION`;
const NOT_FOUND = 404;
const MAJORS = Array.from({ length: 20 }, (_, index) => FIRST_POSTGRES_MAJOR + index);

/**
 * The major versions whose data the stack's Postgres volume holds. Nothing is started: a container
 * that was only created shows its volumes too.
 */
export async function postgresDataMajors(
  docker: Docker,
  stack: Pick<Stack, "project" | "name" | "workloads">,
): Promise<number[]> {
  const volume = stack.workloads
    .find(({ name }) => name === POSTGRES)
    ?.volumes.map(({ name, path }) => ({ name: engineName(stack, POSTGRES, name), path }))[0];
  if (volume === undefined) return [];
  const kept = await stackVolumes(docker, stack);
  if (!kept.some(({ Name }) => Name === volume.name)) return [];
  const running = (await stackContainers(docker, stack)).find(
    ({ Labels, Names }) =>
      Labels[WORKLOAD_LABEL] === POSTGRES && Names.includes(`/${engineName(stack, POSTGRES)}`),
  );
  if (running !== undefined) return majorsIn(docker.getContainer(running.Id), volume.path);
  const [image] = await docker.listImages();
  if (image === undefined) return [];
  const looker = await docker.createContainer({
    Image: image.Id,
    Cmd: ["none"],
    HostConfig: { Binds: [`${volume.name}:${volume.path}:ro`], NetworkMode: "none" },
  });
  try {
    return await majorsIn(looker, volume.path);
  } finally {
    await looker.remove({ force: true, v: true }); // the unnamed volumes of its image
  }
}

async function majorsIn(container: Docker.Container, root: string): Promise<number[]> {
  const found = await Promise.all(
    MAJORS.map(async (major) => ((await has(container, dataOf(root, major))) ? [major] : [])),
  );
  return found.flat();
}

async function has(container: Docker.Container, path: string): Promise<boolean> {
  try {
    const answer: unknown = await container.infoArchive({ path });
    // Left unread, its connection would keep the command from ending.
    if (answer instanceof Readable) answer.destroy();
    return true;
  } catch (error) {
    if (statusOf(error) === NOT_FOUND) return false;
    throw error;
  }
}
