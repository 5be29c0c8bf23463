import * as docker from "@pulumi/docker";
import type * as pulumi from "@pulumi/pulumi";
import { joinedNetworks, networksOf } from "../../../model/networks";
import type { StackIdentity } from "../../../model/stack-identity";
import type { Workload } from "../../../model/workload";
import { labels } from "./labels";

/** The way out, to the internet and to what a workload connects to outside the stack. */
export const EDGE_NETWORK = "edge";
/** Where published ports come in, for workloads that may not go out: answers pass, nothing else. */
export const PUBLISHED_NETWORK = "published";

/** The network that joins a workload to the world outside, if it has to do with it at all. */
export function outsideNetwork({ internet, outside, ports }: Workload): string | undefined {
  if (internet || (outside ?? []).length > 0) return EDGE_NETWORK;
  return ports.some(({ publish }) => publish !== undefined) ? PUBLISHED_NETWORK : undefined;
}

/** Members of an outside network cannot see one another. */
const OUTSIDE_OPTIONS: Readonly<Record<string, Record<string, string>>> = {
  [EDGE_NETWORK]: { "com.docker.network.bridge.enable_icc": "false" },
  [PUBLISHED_NETWORK]: {
    "com.docker.network.bridge.enable_icc": "false",
    // Without it no answer from the internet finds its way back.
    "com.docker.network.bridge.enable_ip_masquerade": "false",
  },
};

/** The stack's networks on Docker, by name. */
export class DockerNetworks {
  private readonly networks = new Map<string, docker.Network>();

  constructor(
    stack: StackIdentity,
    private readonly workloads: readonly Workload[],
    parent: pulumi.Resource,
  ) {
    for (const { name } of networksOf(workloads)) {
      this.networks.set(name, createNetwork(name, { internal: true }, stack, parent));
    }
    for (const [name, options] of Object.entries(OUTSIDE_OPTIONS)) {
      if (!workloads.some((workload) => outsideNetwork(workload) === name)) continue;
      const network = createNetwork(name, { internal: false, options }, stack, parent);
      this.networks.set(name, network);
    }
  }

  /**
   * What a workload joins. Peers find it by its name on the network it listens on and nowhere
   * else, so a name never leads to an address that is closed. (A container's hostname would become
   * an alias on every network, so none is set.)
   */
  attachments(workload: Workload): docker.types.input.ContainerNetworksAdvanced[] {
    const outside = outsideNetwork(workload);
    const joined = joinedNetworks(workload, this.workloads);
    return [...joined, ...(outside === undefined ? [] : [outside])].flatMap((name) => {
      const network = this.networks.get(name);
      if (network === undefined) return [];
      return [{ name: network.id, aliases: name === workload.network ? [workload.name] : [] }];
    });
  }
}

function createNetwork(
  name: string,
  args: docker.NetworkArgs,
  stack: StackIdentity,
  parent: pulumi.Resource,
): docker.Network {
  return new docker.Network(
    `${name}-network`,
    { ...args, driver: "bridge", labels: labels(stack, { name: `${name}-network` }) },
    { parent, deleteBeforeReplace: true },
  );
}
