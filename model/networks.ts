import type { Workload } from "./workload";

/** A closed network: its members see one another and nothing else. */
export interface Network {
  readonly name: string;
  /** The workloads that listen on it and those that connect to them. */
  readonly members: readonly string[];
}

/**
 * Networks from declared connections: each workload listens on one, and joins those of its peers.
 * A store listens on a network of its own, so only who needs it can reach it.
 */
export function networksOf(workloads: readonly Workload[]): Network[] {
  const names = [...new Set(workloads.map(({ network }) => network))].sort();
  return names.map((name) => ({
    name,
    members: workloads
      .filter((workload) => joinedNetworks(workload, workloads).includes(name))
      .map((workload) => workload.name),
  }));
}

/** The networks a workload is on: its own first, then those of the peers it connects to. */
export function joinedNetworks(workload: Workload, workloads: readonly Workload[]): string[] {
  const peers = workloads.filter(({ name }) => workload.connects.includes(name));
  return [...new Set([workload.network, ...peers.map(({ network }) => network).sort()])];
}

/** Whether a network path leads from one workload to another, declared or not. */
export function canReach(from: Workload, to: Workload, workloads: readonly Workload[]): boolean {
  return joinedNetworks(from, workloads).some((network) =>
    joinedNetworks(to, workloads).includes(network),
  );
}
