import { existsSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { KubeConfig } from "@kubernetes/client-node";
import type { Stack } from "../../model/stack";
import type { Obstacle } from "../checks/check";
import type { ClusterApi } from "./api/cluster-api";
import { HttpClusterApi } from "./api/http-cluster-api";

/** A way to the cluster that a stack is pinned to, or what is in the way. */
export type Connection =
  | { readonly api: ClusterApi; readonly obstacles: readonly [] }
  | { readonly obstacles: readonly [Obstacle] };

const SEE_CONTEXTS = "To see the contexts: kubectl config get-contexts";

/**
 * The pinned context of the kubeconfig that kubectl and Pulumi read too. Never the current one by
 * default: whoever last used kubectl would decide where a stack goes.
 */
export function connectTo(
  { name, settings }: Pick<Stack, "name" | "settings">,
  environment: NodeJS.ProcessEnv = process.env,
): Connection {
  const files = kubeconfigFiles(environment);
  const present = files.filter((file) => existsSync(file));
  if (present.length === 0) {
    return blocked(
      `There is no kubeconfig: looked for ${files.join(", ")}.`,
      "Get one from whoever runs the cluster, or set KUBECONFIG to where it is.",
    );
  }
  let config: KubeConfig;
  try {
    config = merged(present);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return blocked(
      `The kubeconfig ${present.join(", ")} cannot be read: ${reason}`,
      "Mend it, or set KUBECONFIG to another one.",
    );
  }
  const { context } = settings.kubernetes;
  if (context === undefined) return notPinned(name, config);
  const known = config.getContexts().map((entry) => entry.name);
  if (!known.includes(context)) {
    const others = known.length > 0 ? `there are: ${known.join(", ")}` : "there is none";
    return blocked(
      `whalewatch:kubernetes.context is ${context}, which the kubeconfig does not have; ${others}.`,
      `Correct it in Pulumi.${name}.yaml, or set KUBECONFIG to the kubeconfig that has it.`,
    );
  }
  config.setCurrentContext(context);
  const server = config.getCurrentCluster()?.server;
  if (server === undefined) {
    return blocked(
      `The kubeconfig's context ${context} names a cluster that the kubeconfig does not have.`,
      `Add it with: kubectl config set-cluster`,
    );
  }
  return { api: new HttpClusterApi(config, context, server), obstacles: [] };
}

function notPinned(stack: string, config: KubeConfig): Connection {
  const current = config.getCurrentContext();
  const server = config.getCurrentCluster()?.server;
  const found =
    current === ""
      ? "the kubeconfig has no current context either"
      : `the current context is ${current}${server === undefined ? "" : ` (${server})`}, and tomorrow it may be another`;
  return blocked(
    `whalewatch:kubernetes.context does not say which cluster this stack belongs to: ${found}.`,
    `Pin it in Pulumi.${stack}.yaml${current === "" ? "" : `, for example: whalewatch:kubernetes: { context: ${current} }`}. ${SEE_CONTEXTS}`,
  );
}

/** Where kubectl looks. */
function kubeconfigFiles(environment: NodeJS.ProcessEnv): string[] {
  const named = (environment["KUBECONFIG"] ?? "")
    .split(path.delimiter)
    .filter((file) => file !== "");
  return named.length > 0
    ? named
    : [path.join(environment["HOME"] ?? homedir(), ".kube", "config")];
}

/** As kubectl merges: of entries with the same name the first file's counts. */
function merged(files: readonly string[]): KubeConfig {
  const [config = new KubeConfig(), ...others] = files.map((file) => {
    const read = new KubeConfig();
    read.loadFromFile(file);
    return read;
  });
  for (const other of others) {
    other.clusters = without(other.clusters, config.clusters);
    other.users = without(other.users, config.users);
    other.contexts = without(other.contexts, config.contexts);
    config.mergeConfig(other, config.currentContext !== "");
  }
  return config;
}

function without<T extends { readonly name: string }>(
  entries: readonly T[],
  known: readonly T[],
): T[] {
  return entries.filter(({ name }) => !known.some((entry) => entry.name === name));
}

function blocked(problem: string, remedy: string): Connection {
  return { obstacles: [{ problem, remedy }] };
}
