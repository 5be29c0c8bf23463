import type { Effect, TypeEffects } from "./type-effects";

/**
 * What a change of a property does in Pulumi's Docker provider 5, which stands on
 * kreuzwerker/terraform-provider-docker 4: `ForceNew` of each schema in internal/provider, and for
 * containers the list of what `resourceDockerContainerUpdate` hands to the engine.
 */
export const DOCKER_EFFECTS: Readonly<Record<string, TypeEffects>> = {
  "docker:index/container:Container": {
    otherwise: "replaces",
    listed: {
      ...all("in place", [
        ...["memory", "memorySwap", "memoryReservation", "cpuShares", "cpuSet"],
        ...["restart", "maxRetryCount", "mustRun"],
      ]),
      ...all("recorded", [
        ...["wait", "waitTimeout", "destroyGraceSeconds", "removeVolumes", "rm", "start"],
        ...["attach", "logs", "containerReadRefreshTimeoutMilliseconds"],
      ]),
      ...all("never applied", ["tmpfs", "init", "cpuPeriod", "cpuQuota"]),
    },
    unordered: [
      ...["envs", "labels", "securityOpts", "groupAdds", "dns", "dnsOpts", "dnsSearches"],
      ...["hosts", "networksAdvanced", "volumes", "mounts", "uploads", "ulimits"],
    ],
  },
  "docker:index/network:Network": {
    otherwise: "replaces",
    listed: {},
    unordered: ["labels", "ipamConfigs"],
  },
  "docker:index/volume:Volume": { otherwise: "replaces", listed: {}, unordered: ["labels"] },
  "docker:index/remoteImage:RemoteImage": {
    otherwise: "replaces",
    listed: all("recorded", ["keepLocally", "forceRemove"]),
    unordered: ["pullTriggers"],
  },
  "docker:index/image:Image": {
    otherwise: "in place",
    listed: all("recorded", ["skipPush", "buildOnPreview"]),
    unordered: [],
  },
};

function all(effect: Effect, properties: readonly string[]): Record<string, Effect> {
  return Object.fromEntries(properties.map((property) => [property, effect]));
}
