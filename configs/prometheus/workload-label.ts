import { stackLabel } from "../../model/engine-labels";
import { wholeStack } from "../../model/shard-view";
import type { Stack } from "../../model/stack";
import type { RelabelConfig } from "./scrape-config";

/**
 * The characters of the endings that a cluster gives to names of its own making
 * (k8s.io/apimachinery, util/rand): no vowels and nothing that looks like one.
 */
const ENDING = "[bcdfghjklmnpqrstvwxz2456789]";

/**
 * The label `workload` from a pod's name, which each kind of controller ends in a way of its own:
 * `redis-0`, `api-5c79b6f599-lm5dh`, `backup-29928784-5cjhq`, `node-exporter-x7k2p`. Of a name that
 * fits two of them the later is right. The same label stands on both platforms for the stack's name
 * of what runs.
 */
export function workloadOfPod(stack: Stack): RelabelConfig[] {
  const onEveryNode = wholeStack(stack).workloads.filter(
    ({ hostDirectories }) => hostDirectories.length > 0,
  );
  return [
    fromPod("(.+)-\\d+"),
    fromPod(`(.+)-(?:${ENDING}{1,10}|\\d{8,10})-${ENDING}{5}`),
    ...onEveryNode.map(({ name }) => fromPod(`(${name})-${ENDING}{5}`)),
  ];
}

const fromPod = (regex: string): RelabelConfig => ({
  source_labels: ["pod"],
  regex,
  target_label: "workload",
});

/** The same label from the name of what is no pod: a controller is called as the workload. */
export const workloadOfObject: readonly RelabelConfig[] = [
  ...["deployment", "statefulset", "daemonset", "horizontalpodautoscaler", "cronjob"].map(
    (label) => ({ source_labels: [label], regex: "(.+)", target_label: "workload" }),
  ),
  { source_labels: ["job_name"], regex: "(.+)-\\d{8,10}", target_label: "workload" },
];

/** An engine tells of all its containers; those of this stack bear a label that says so. */
export function ofThisStack(stack: Stack): RelabelConfig[] {
  const regex = stackLabel(stack).replaceAll(".", "\\.");
  return [
    { source_labels: ["stack"], regex, action: "keep" },
    { regex: "stack", action: "labeldrop" },
  ];
}
