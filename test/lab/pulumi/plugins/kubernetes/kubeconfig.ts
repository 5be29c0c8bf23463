import { existsSync } from "node:fs";
import { KubeConfig } from "@kubernetes/client-node/dist/config.js";
import type { Settings } from "./settings";

/** Where the provider's configuration leads: the way to a cluster, and the namespace to use. */
export interface Target {
  config: KubeConfig;
  namespace: string;
}

/**
 * Reads the kubeconfig that the settings name: a file, the text of one, or the usual places.
 * Throws when there is none that names a cluster.
 */
export function findTarget(settings: Settings): Target {
  const config = new KubeConfig();
  if (settings.kubeconfig === "") config.loadFromDefault();
  else if (existsSync(settings.kubeconfig)) config.loadFromFile(settings.kubeconfig);
  else config.loadFromString(settings.kubeconfig);
  if (settings.context !== "") {
    if (config.getContextObject(settings.context) === null) {
      throw new Error(`context "${settings.context}" does not exist`);
    }
    config.setCurrentContext(settings.context);
  }
  const { cluster } = settings;
  if (cluster !== "") config.contexts = config.contexts.map((each) => ({ ...each, cluster }));
  const context = config.getContextObject(config.getCurrentContext());
  if (config.getCurrentCluster() === null) throw new Error("no cluster has been configured");
  const namespace = [settings.namespace, context?.namespace].find(Boolean) ?? "default";
  return { config, namespace };
}

/** What tells one cluster from another: its address and its certificate authority. */
export function clusterOf(settings: Settings): string | undefined {
  try {
    const cluster = findTarget(settings).config.getCurrentCluster();
    return JSON.stringify([cluster?.server, cluster?.caData, cluster?.caFile]);
  } catch {
    return undefined;
  }
}
