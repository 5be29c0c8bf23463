import { z } from "zod";
import { eventually, run } from "./command";

/** The stack that the live tests bring up in the cluster. */
export const CLUSTER_STACK = "e2ek";
/** Namespace of a tier of that stack. */
export const tier = (name: string): string => `whalewatch-${CLUSTER_STACK}-${name}`;

/** A pod as the tests compare it. */
export interface Pod {
  readonly workload: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  /** Its IP address; empty until it has one. */
  readonly address: string;
  readonly ready: boolean;
}

/**
 * Runs kubectl and returns what it prints.
 * @throws Error with its words when it fails.
 */
export async function kubectl(...args: readonly string[]): Promise<string> {
  const { code, output } = await run("kubectl", args);
  if (code !== 0) throw new Error(`kubectl ${args.join(" ")}: ${output}`);
  return output;
}

const podList = z.object({
  items: z.array(
    z.object({
      metadata: z.object({
        name: z.string(),
        namespace: z.string(),
        uid: z.string(),
        deletionTimestamp: z.string().optional(),
        labels: z.record(z.string(), z.string()),
      }),
      status: z.object({
        phase: z.string().default("Unknown"),
        podIP: z.string().default(""),
        conditions: z.array(z.object({ type: z.string(), status: z.string() })).optional(),
      }),
    }),
  ),
});

/** Every pod of a stack that neither has ended nor is on its way out. */
export async function pods(stack = CLUSTER_STACK): Promise<Pod[]> {
  const selector = `app.kubernetes.io/instance=whalewatch-${stack}`;
  const { items } = podList.parse(
    JSON.parse(await kubectl("get", "pods", "-A", "-l", selector, "-o", "json")),
  );
  return items
    .filter(
      ({ metadata, status }) =>
        metadata.deletionTimestamp === undefined && !["Succeeded", "Failed"].includes(status.phase),
    )
    .map(({ metadata, status }) => ({
      workload: metadata.labels["app.kubernetes.io/name"] ?? "",
      namespace: metadata.namespace,
      name: metadata.name,
      uid: metadata.uid,
      address: status.podIP,
      ready: (status.conditions ?? []).some(
        (condition) => condition.type === "Ready" && condition.status === "True",
      ),
    }));
}

/** Waits until each workload has as many ready pods as it declares. */
export async function allReady(
  seconds: number,
  expected: ReadonlyMap<string, number>,
  stack = CLUSTER_STACK,
): Promise<Pod[]> {
  return eventually(seconds, async () => {
    const all = await pods(stack);
    for (const [workload, replicas] of expected) {
      const ready = all.filter((pod) => pod.workload === workload && pod.ready).length;
      if (ready !== replicas) throw new Error(`${workload} has ${ready} of ${replicas} pods ready`);
    }
    return all;
  });
}

/**
 * A workload's first ready pod.
 * @throws Error when none is.
 */
export async function readyPod(workload: string): Promise<Pod> {
  const pod = (await pods()).find(
    (candidate) => candidate.workload === workload && candidate.ready,
  );
  if (pod === undefined) throw new Error(`no pod of ${workload} is ready`);
  return pod;
}

/** Runs a command in a workload's first pod. */
export async function inPod(workload: string, ...command: readonly string[]): Promise<string> {
  const { namespace, name } = await readyPod(workload);
  return kubectl("exec", "-n", namespace, name, "--", ...command);
}

/** Runs a command in every ready pod of a workload. */
export async function inEachPod(
  workload: string,
  ...command: readonly string[]
): Promise<string[]> {
  const ready = (await pods()).filter((pod) => pod.workload === workload && pod.ready);
  return Promise.all(
    ready.map(({ namespace, name }) => kubectl("exec", "-n", namespace, name, "--", ...command)),
  );
}

const answer = z.object({
  data: z.object({
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        value: z.tuple([z.number(), z.string()]),
      }),
    ),
  }),
});

/** What an instant query finds, asked inside Prometheus' own pod. */
async function ask(query: string) {
  const url = `http://localhost:9090/api/v1/query?query=${encodeURIComponent(query)}`;
  return answer.parse(JSON.parse(await inPod("prometheus", "wget", "-qO-", url))).data.result;
}

/** The values of an instant query. */
export async function clusterQuery(query: string): Promise<string[]> {
  return (await ask(query)).map(({ value }) => value[1]);
}

/** The labels of each series that an instant query finds. */
export async function labelledQuery(query: string): Promise<Readonly<Record<string, string>>[]> {
  return (await ask(query)).map(({ metric }) => metric);
}
