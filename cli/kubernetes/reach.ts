import { spawn } from "node:child_process";
import type { StackIdentity } from "../../model/stack-identity";
import type { Way } from "../platforms/platform-access";
import { UserError } from "../user-error";
import type { ClusterApi } from "./api/cluster-api";
import { withQuery } from "./api/kinds";
import { isTrue, type Pod, stackPods, workloadOfPod } from "./pods";

/** Opens a local port that leads to a pod's. */
export type Forward = (
  pod: { readonly namespace: string; readonly name: string },
  port: number,
) => Promise<{ readonly url: string; readonly close: () => void }>;

/**
 * The ways to a workload's pods, one for each that is ready. They go through the kubelet, which no
 * network policy holds up.
 * @throws UserError when none is ready, or kubectl cannot open the way.
 */
export async function reachPods(
  api: ClusterApi,
  stack: StackIdentity,
  namespaces: readonly string[],
  { workload, port }: { readonly workload: string; readonly port: number },
  forward: Forward = kubectlForward(api.context),
): Promise<Way[]> {
  const pods = (await stackPods(api, stack, namespaces)).filter(
    (pod) => workloadOfPod(pod) === workload && isReady(pod),
  );
  if (pods.length === 0) {
    throw new UserError(
      `No pod of ${workload} is ready. Bring the stack up: whalewatch up --stack ${stack.name}`,
    );
  }
  const ways: Way[] = [];
  try {
    for (const { metadata } of pods) {
      const { url, close } = await forward(metadata, port);
      const path = `/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}/log`;
      const log = (since: Date) => api.text(withQuery(path, { sinceTime: since.toISOString() }));
      ways.push({ url, log, close });
    }
  } catch (error) {
    ways.forEach(({ close }) => close());
    throw error;
  }
  return ways;
}

const isReady = (pod: Pod): boolean =>
  pod.metadata.deletionTimestamp === undefined && isTrue(pod, "Ready");

const OPEN_WITHIN_MS = 15_000;

/** By `kubectl port-forward`, with the kubeconfig and context of the commands. */
function kubectlForward(context: string): Forward {
  return ({ namespace, name }, port) =>
    new Promise((resolve, reject) => {
      const args = [
        ...["port-forward", "--context", context, "--namespace", namespace],
        ...["--address", "127.0.0.1", `pod/${name}`, `:${port}`],
      ];
      const child = spawn("kubectl", args, { stdio: ["ignore", "pipe", "pipe"] });
      let said = "";
      const fail = (reason: string) => {
        clearTimeout(timer);
        child.kill();
        reject(new UserError(`kubectl opened no way to ${namespace}/${name}: ${reason.trim()}`));
      };
      const timer = setTimeout(() => {
        fail(`no answer within ${OPEN_WITHIN_MS / 1000} s. ${said}`);
      }, OPEN_WITHIN_MS);
      const listen = (chunk: Buffer) => {
        said += chunk.toString("utf8");
        const [, local] = /Forwarding from 127\.0\.0\.1:(\d+)/.exec(said) ?? [];
        if (local === undefined) return;
        clearTimeout(timer);
        resolve({ url: `http://127.0.0.1:${local}`, close: () => void child.kill() });
      };
      child.stdout.on("data", listen);
      child.stderr.on("data", listen);
      child.once("error", ({ message }) => fail(`${message}. Is kubectl on PATH?`));
      child.once("exit", () => fail(said));
    });
}
