import { WORKLOAD_LABEL } from "../../model/engine-labels";
import type { StackIdentity } from "../../model/stack-identity";
import type { RunningImage } from "../platforms/platform-access";
import { type ContainerLister, type ListedContainer, stackContainers } from "./stack-containers";

/** A container with what it was made from. */
export interface ImageContainer extends ListedContainer {
  readonly ImageID: string;
  /** In seconds since 1970. */
  readonly Created: number;
}

/** An engine as far as it lists containers and knows where images came from. */
export interface ImageEngine extends ContainerLister<ImageContainer> {
  getImage(id: string): {
    inspect(): Promise<{ readonly RepoDigests?: readonly string[] | null }>;
  };
}

/** The images in the containers of a stack that run now. */
export async function runningImages(
  docker: ImageEngine,
  stack: StackIdentity,
): Promise<RunningImage[]> {
  const containers = (await stackContainers(docker, stack)).filter(
    ({ State }) => State === "running",
  );
  const ids = [...new Set(containers.map(({ ImageID }) => ImageID))];
  const digests = new Map(
    await Promise.all(
      ids.map(async (id) => [id, (await docker.getImage(id).inspect()).RepoDigests ?? []] as const),
    ),
  );
  return containers.map(({ Id, Labels, ImageID, Created }) => ({
    workload: Labels[WORKLOAD_LABEL] ?? Id,
    image: ImageID,
    digests: digests.get(ImageID) ?? [],
    since: new Date(Created * 1000),
  }));
}
