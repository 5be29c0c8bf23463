import type { ContainerStatus, Pod } from "../pods";
import { workloadOfPod } from "../pods";
import type { Warning } from "./events";

/** What is wrong with a pod, or keeps one from being made. */
export interface PodProblem {
  /** The same for as long as it is the same problem. */
  readonly key: string;
  readonly kind: "image" | "crash" | "config" | "unschedulable" | "mount" | "no-pod";
  readonly message: string;
  /** The image, of a problem with one. */
  readonly image?: string;
  /** Whose log tells more. */
  readonly logOf?: { readonly pod: Pod; readonly container: string; readonly previous: boolean };
}

const IMAGE_REASONS = [
  "ErrImagePull",
  "ImagePullBackOff",
  "InvalidImageName",
  "ErrImageNeverPull",
  "RegistryUnavailable",
  "ImageInspectError",
];
const CONFIG_REASONS = [
  "CreateContainerConfigError",
  "CreateContainerError",
  "RunContainerError",
  "StartError",
];
const MOUNT_REASONS = ["FailedMount", "FailedAttachVolume", "FailedMapVolume"];
const MAKING_REASONS = ["FailedCreate"];

/** What is wrong now with pods that are not being deleted. */
export function podProblems(pods: readonly Pod[]): PodProblem[] {
  return pods
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
    .flatMap((pod) => [
      ...pod.status.containerStatuses.flatMap((status) => containerProblem(pod, status)),
      ...unschedulable(pod),
    ]);
}

function containerProblem(pod: Pod, status: ContainerStatus): PodProblem[] {
  const { reason = "", message } = status.state.waiting ?? {};
  const image = pod.spec.containers.find(({ name }) => name === status.name)?.image ?? status.image;
  const about = `${place(pod)}, image ${image}`;
  const key = (kind: string) => `${kind} ${pod.metadata.uid} ${status.name}`;
  const why = message === undefined ? "" : `: ${oneLine(message)}`;
  if (IMAGE_REASONS.includes(reason)) {
    const text = `${about}: the image cannot be pulled (${reason})${why}`;
    return [{ key: key("image"), kind: "image", image, message: text }];
  }
  if (CONFIG_REASONS.includes(reason)) {
    const text = `${about}: the container cannot be started (${reason})${why}`;
    return [{ key: key(reason), kind: "config", message: text }];
  }
  if (reason === "CrashLoopBackOff") {
    const last = status.lastState.terminated;
    const ending = [
      ...(last?.exitCode === undefined ? [] : [`exit code ${last.exitCode}`]),
      ...(last?.reason === undefined || last.reason === "Error" ? [] : [last.reason]),
    ].join(", ");
    const times = `${status.restartCount} ${status.restartCount === 1 ? "restart" : "restarts"}`;
    return [
      {
        key: key("crash"),
        kind: "crash",
        message: `${about}: it ends again and again (CrashLoopBackOff, ${times}${ending === "" ? "" : `, ${ending}`})`,
        logOf: { pod, container: status.name, previous: true },
      },
    ];
  }
  return [];
}

function unschedulable(pod: Pod): PodProblem[] {
  const condition = pod.status.conditions.find(
    ({ type, status, reason }) =>
      type === "PodScheduled" && status === "False" && reason === "Unschedulable",
  );
  if (condition === undefined) return [];
  const why = condition.message === undefined ? "" : `: ${oneLine(condition.message)}`;
  return [
    {
      key: `unschedulable ${pod.metadata.uid}`,
      kind: "unschedulable",
      message: `${place(pod)}: no node takes it (Unschedulable)${why}`,
    },
  ];
}

/** What the cluster's warnings add: mounts that fail in living pods, and pods that are not made. */
export function warningProblems(warnings: readonly Warning[], pods: readonly Pod[]): PodProblem[] {
  return warnings.flatMap((warning): PodProblem[] => {
    const { involvedObject, reason, message } = warning;
    const { kind, name, namespace } = involvedObject;
    const why = `(${reason}): ${oneLine(message)}`;
    if (kind === "Pod" && MOUNT_REASONS.includes(reason)) {
      const pod = pods.find(({ metadata }) => metadata.name === name);
      // Once its containers have been made the mounts were there.
      if (pod === undefined || pod.status.phase !== "Pending") return [];
      const key = `mount ${pod.metadata.uid} ${volumeIn(message)}`;
      return [{ key, kind: "mount", message: `${place(pod)}: a volume cannot be mounted ${why}` }];
    }
    if (kind !== "Pod" && MAKING_REASONS.includes(reason)) {
      const key = `no-pod ${namespace}/${kind}/${name}`;
      const text = `${kind} ${name} in ${namespace}: no pod can be made ${why}`;
      return [{ key, kind: "no-pod", message: text }];
    }
    return [];
  });
}

const place = (pod: Pod): string =>
  `${workloadOfPod(pod)} (pod ${pod.metadata.name} in ${pod.metadata.namespace})`;

/** The retries of one mount differ in what they say of the time. */
const volumeIn = (message: string): string => /volume "([^"]+)"/.exec(message)?.[1] ?? "";

const oneLine = (text: string): string => text.trim().replace(/\s*\n\s*/g, " ");
