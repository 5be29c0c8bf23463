import { spawn } from "node:child_process";
import { once } from "node:events";
import type { StackIdentity } from "../../model/stack-identity";
import { failedExecution } from "../platforms/failed-execution";
import type { Execution } from "../platforms/platform-access";
import { UserError } from "../user-error";
import type { ClusterApi } from "./api/cluster-api";
import { isTrue, stackPods, workloadOfPod } from "./pods";

/**
 * Runs a program in a workload's pod by `kubectl exec`, with the context of the commands.
 * @throws UserError when no pod is ready, or the program fails.
 */
export async function executeInPod(
  api: ClusterApi,
  stack: StackIdentity,
  namespaces: readonly string[],
  { workload, command, input, output }: Execution,
): Promise<void> {
  const pod = (await stackPods(api, stack, namespaces)).find(
    (candidate) => workloadOfPod(candidate) === workload && isTrue(candidate, "Ready"),
  );
  if (pod === undefined) {
    throw new UserError(
      `No pod of ${workload} is ready. Bring the stack up: whalewatch up --stack ${stack.name}`,
    );
  }
  const { namespace, name } = pod.metadata;
  const child = spawn(
    "kubectl",
    [
      ...["exec", "--context", api.context, "--namespace", namespace],
      ...(input ? ["--stdin"] : []),
      ...[`pod/${name}`, "--", ...command],
    ],
    { stdio: [input ? "pipe" : "ignore", "pipe", "pipe"] },
  );
  let complaint = "";
  child.stderr?.on("data", (chunk: Buffer) => (complaint += chunk.toString("utf8")));
  if (output) child.stdout?.pipe(output, { end: false });
  else child.stdout?.resume();
  // Nobody would read on, so it would wait for ever.
  output?.once("close", () => child.kill());
  // A program that ends before it has read everything says why itself.
  child.stdin?.on("error", () => undefined);
  if (child.stdin) input?.pipe(child.stdin);
  const [code] = (await once(child, "close").catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(`kubectl cannot be run: ${reason}. Is it on PATH?`);
  })) as [number | null];
  input?.destroy();
  if (code !== 0) throw failedExecution(workload, command, code, complaint);
}
