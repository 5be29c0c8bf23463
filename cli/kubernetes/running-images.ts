import type { StackIdentity } from "../../model/stack-identity";
import type { RunningImage } from "../platforms/platform-access";
import type { ClusterApi } from "./api/cluster-api";
import { stackPods, workloadOfPod } from "./pods";

/** A node's name for an image that it pulled; cri-dockerd puts its own scheme before it. */
const PULLED = /^(?:docker-pullable:\/\/)?(.+@sha256:[a-f0-9]{64})$/;

/** The images in the pods of a stack that run now, by what their nodes report. */
export async function runningImages(
  api: ClusterApi,
  stack: StackIdentity,
  namespaces: readonly string[],
): Promise<RunningImage[]> {
  const pods = await stackPods(api, stack, namespaces);
  return pods.flatMap((pod): RunningImage[] => {
    const [container] = pod.spec.containers;
    const { metadata, status } = pod;
    if (container === undefined || metadata.deletionTimestamp !== undefined) return [];
    if (status.phase !== "Running") return [];
    const reported = status.containerStatuses.find(({ name }) => name === container.name)?.imageID;
    const digest = PULLED.exec(reported ?? "")?.[1];
    return [
      {
        workload: workloadOfPod(pod),
        image: container.image,
        digests: digest === undefined ? [] : [digest],
        since: new Date(metadata.creationTimestamp),
      },
    ];
  });
}
