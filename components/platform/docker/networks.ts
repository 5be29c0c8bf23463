import * as docker from "@pulumi/docker";
import type * as pulumi from "@pulumi/pulumi";
import { joinedNetworks, networksOf } from "../../../model/networks";
import type { StackIdentity } from "../../../model/stack-identity";
import type { Workload } from "../../../model/workload";
import { labels } from "./labels";

/** The way out, and for published ports in: its members cannot see one another. */
export const EDGE_NETWORK = "edge";

/** Whether a workload has to do with anything outside the stack. */
export function reachesOutside({ internet, ports }: Workload): boolean {
  return internet || ports.some(({ publish }) => publish !== undefined);
}

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
    if (workloads.some(reachesOutside)) {
      const args = {
        internal: false,
        options: { "com.docker.network.bridge.enable_icc": "false" },
      };
      this.networks.set(EDGE_NETWORK, createNetwork(EDGE_NETWORK, args, stack, parent));
    }
  }

  /**
   * What a workload joins. Peers find it by its name on the network it listens on and nowhere
   * else, so a name never leads to an address that is closed. (A container's hostname would become
   * an alias on every network, so none is set.)
   */
  attachments(workload: Workload): docker.types.input.ContainerNetworksAdvanced[] {
    const joined = joinedNetworks(workload, this.workloads);
    const names = reachesOutside(workload) ? [...joined, EDGE_NETWORK] : joined;
    return names.flatMap((name) => {
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
