import * as docker from "@pulumi/docker";
import type * as pulumi from "@pulumi/pulumi";
import type { Workload } from "../../../model/workload";

/** Images by name: workloads that run the same one share it. */
export class DockerImages {
  private readonly ids = new Map<string, pulumi.Output<string>>();

  constructor(private readonly parent: pulumi.Resource) {}

  /** The image's id, so that a container is replaced when the content behind a tag changes. */
  idOf(workload: Workload): pulumi.Output<string> {
    const known = this.ids.get(workload.image);
    if (known) return known;
    const id = workload.build
      ? this.build(workload.image, workload.build)
      : this.pull(workload.image);
    this.ids.set(workload.image, id);
    return id;
  }

  private pull(image: string): pulumi.Output<string> {
    // Kept on destroy: other stacks on the engine may run the same image.
    const args = { name: image, keepLocally: true };
    return new docker.RemoteImage(image, args, { parent: this.parent }).imageId;
  }

  private build(
    image: string,
    { context, dockerfile }: NonNullable<Workload["build"]>,
  ): pulumi.Output<string> {
    const args: docker.ImageArgs = {
      imageName: image,
      skipPush: true,
      build: { context, dockerfile: `${context}/${dockerfile}` },
    };
    return new docker.Image(image, args, { parent: this.parent }).repoDigest;
  }
}
