import { everyReplicaName } from "../workloads/service";
import { isNamespace, tierNamespace, TIERS } from "../tiers";
import { at, type Problem } from "./problem";
import type { RawSettings } from "./raw-settings";
import type { Settings } from "./schema";
import type { ServiceSettings } from "./service";
import { written } from "./written";

/** What one platform has and the other has not: refused with a reason, never silently left out. */
export function checkPlatform(settings: Settings, raw: RawSettings): Problem[] {
  const services = Object.entries(settings.services);
  return settings.platform === "docker"
    ? [
        ...services.flatMap(([name, service]) => onDocker(name, service)),
        ...replicatedMonitors(settings),
        ...shardedPrometheus(settings),
        ...operatorOnDocker(settings),
        ...socketGroup(settings, raw),
        ...(raw.values["kubernetes"] === undefined ? [] : [unusedSection()]),
      ]
    : [
        ...namespaces(raw),
        ...services.flatMap(([name, service]) => onKubernetes(name, service)),
        ...sharedClaims(settings),
        ...sharedNames(settings),
        ...engineInCluster(settings),
      ];
}

/** Namespaces carry the names of project and stack. */
function namespaces({ project, stack }: RawSettings): Problem[] {
  const [refused] = TIERS.map((tier) => tierNamespace({ project, name: stack }, tier)).filter(
    (name) => !isNamespace(name),
  );
  if (refused === undefined) return [];
  return [
    {
      setting: "whalewatch:platform",
      found: `kubernetes for the stack ${stack} of the project ${project}, with the namespace ${refused}`,
      allowed:
        "a stack of another name: namespaces have lower-case letters, digits and hyphens, 63 at most",
    },
  ];
}

/** A cluster names a claim after volume and service, joined; two services must not meet in one. */
function sharedClaims({ services }: Settings): Problem[] {
  const taken = new Map<string, string>();
  return Object.entries(services).flatMap(([name, { volumes }]) =>
    Object.keys(volumes).flatMap((volume): Problem[] => {
      const claim = `${volume}-${name}`;
      const owner = taken.get(claim);
      taken.set(claim, owner ?? name);
      if (owner === undefined) return [];
      return [
        {
          setting: at(name, `volumes.${volume}`),
          found: `the claim ${claim}, which ${owner} has too`,
          allowed: "another name for the volume, so that the two do not share their data",
        },
      ];
    }),
  );
}

/** A cluster has a second name for each service, under which Prometheus finds all of its replicas. */
function sharedNames({ services }: Settings): Problem[] {
  return Object.keys(services).flatMap((name): Problem[] => {
    const taken = everyReplicaName(name);
    if (!Object.hasOwn(services, taken)) return [];
    return [
      {
        setting: `whalewatch:services.${taken}`,
        found: `the name under which Prometheus finds the replicas of ${name}`,
        allowed: "another name for one of the two",
      },
    ];
  });
}

function onDocker(name: string, service: ServiceSettings): Problem[] {
  const { autoscale, publish, replicas, volumes } = service;
  const problems: Problem[] = [];
  if (autoscale !== undefined) {
    problems.push({
      setting: at(name, "autoscale"),
      found: "an autoscaler on Docker",
      allowed: "a fixed number of replicas, or platform: kubernetes",
    });
  }
  if (replicas > 1 && publish !== undefined) {
    problems.push({
      setting: at(name, "replicas"),
      found: `${replicas} replicas on the one host port ${publish.port}`,
      allowed: "one replica where publish is set; peers reach all replicas by the service's name",
    });
  }
  if (replicas > 1 && Object.keys(volumes).length > 0) {
    problems.push({
      setting: at(name, "replicas"),
      found: `${replicas} replicas that would write to the same volumes`,
      allowed: "one replica where volumes are set; on Kubernetes each replica has its own",
    });
  }
  return problems;
}

/** One engine is one machine: a second one of a program on it would fall with the first. */
function replicatedMonitors({ prometheus, alertmanager, grafana }: Settings): Problem[] {
  return Object.entries({ prometheus, alertmanager, grafana })
    .filter(([, { replicas }]) => replicas > 1)
    .map(([name, { replicas }]) => ({
      setting: `whalewatch:${name}.replicas`,
      found: `${replicas} replicas on Docker`,
      allowed: "1, or platform: kubernetes, where they run on machines apart",
    }));
}

function shardedPrometheus({ prometheus: { shards } }: Settings): Problem[] {
  if (shards === 1) return [];
  return [
    {
      setting: "whalewatch:prometheus.shards",
      found: `${shards} shards on Docker`,
      allowed: "1, or platform: kubernetes: on one machine, more memory does the same",
    },
  ];
}

function operatorOnDocker({ prometheus: { mode } }: Settings): Problem[] {
  if (mode === "server") return [];
  return [
    {
      setting: "whalewatch:prometheus.mode",
      found: "operator on Docker, which has none",
      allowed: "server, or platform: kubernetes",
    },
  ];
}

/** Nobody can guess it, and without it the collector could not start. */
function socketGroup({ exporters: { containers } }: Settings, raw: RawSettings): Problem[] {
  if (!containers.enabled || containers.socketGroup !== undefined) return [];
  // One that is there and unreadable is reported by itself.
  if (written(raw, "exporters", "containers", "socketGroup") !== undefined) return [];
  return [
    {
      setting: "whalewatch:exporters.containers.socketGroup",
      found: "nothing",
      allowed: "the number of the group that may open the engine's socket; it differs by host",
    },
  ];
}

function engineInCluster({ exporters: { containers } }: Settings): Problem[] {
  if (!containers.enabled) return [];
  return [
    {
      setting: "whalewatch:exporters.containers.enabled",
      found: "true on Kubernetes, where pods have no Docker engine to ask",
      allowed: "false: exporters.kubelet has the same figures; or platform: docker",
    },
  ];
}

function unusedSection(): Problem {
  return {
    setting: "whalewatch:kubernetes",
    found: "settings of a cluster on Docker",
    allowed: "platform: kubernetes, or no such section",
  };
}

function onKubernetes(name: string, service: ServiceSettings): Problem[] {
  const { autoscale, build, replicas, volumes } = service;
  const problems: Problem[] = [];
  if (build !== undefined) {
    problems.push({
      setting: at(name, "build"),
      found: `a build of ${build.context} on Kubernetes`,
      allowed: "an image that was built and pushed before, since every node has to pull it",
    });
  }
  if (autoscale !== undefined && autoscale.maxReplicas < replicas) {
    problems.push({
      setting: at(name, "autoscale.maxReplicas"),
      found: String(autoscale.maxReplicas),
      allowed: `at least replicas, which is ${replicas}`,
    });
  }
  if (autoscale !== undefined && Object.keys(volumes).length > 0) {
    problems.push({
      setting: at(name, "autoscale"),
      found: "an autoscaler over replicas with volumes of their own",
      allowed: "a fixed number of replicas where volumes are set",
    });
  }
  return problems;
}
