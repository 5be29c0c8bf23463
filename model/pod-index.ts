import {
  directions,
  isPeer,
  type NetworkPolicy,
  type PodEnd,
  type PolicyPeer,
  type Selector,
  selects,
} from "./reachability";

/** Pods by their labels, so that what many policies say of many pods needs no look at each pair. */
export class PodIndex<Pod extends PodEnd> {
  readonly #pods: readonly Pod[];
  readonly #byLabel = new Map<string, Pod[]>();

  constructor(pods: readonly Pod[]) {
    this.#pods = pods;
    for (const pod of pods) {
      for (const label of Object.entries(pod.labels)) {
        const key = labelKey(label);
        const others = this.#byLabel.get(key);
        if (others === undefined) this.#byLabel.set(key, [pod]);
        else others.push(pod);
      }
    }
  }

  /** The policies that select each pod. */
  policiesByPod(policies: readonly NetworkPolicy[]): ReadonlyMap<Pod, readonly NetworkPolicy[]> {
    const found = new Map<Pod, NetworkPolicy[]>(this.#pods.map((pod) => [pod, []]));
    for (const policy of policies) {
      const { metadata, spec } = policy;
      for (const pod of this.#candidates(spec.podSelector)) {
        if (pod.namespace !== metadata.namespace || !selects(spec.podSelector, pod.labels))
          continue;
        found.get(pod)?.push(policy);
      }
    }
    return found;
  }

  /**
   * Whom a pod's policies let in on one port at least. To everybody else each port is closed,
   * whatever their own policies say.
   */
  admitted(policies: readonly NetworkPolicy[]): Iterable<Pod> {
    const closing = policies.filter((policy) => directions(policy).includes("Ingress"));
    const rules = closing.flatMap(({ metadata, spec }) =>
      spec.ingress.map(({ from }) => ({ from, namespace: metadata.namespace })),
    );
    if (closing.length === 0 || rules.some(({ from }) => from.length === 0)) return this.#pods;
    const peers = rules.flatMap(({ from, namespace }) =>
      from.flatMap((peer) => this.#matching(peer, namespace)),
    );
    return new Set(peers);
  }

  #matching(peer: PolicyPeer, ownNamespace: string): Pod[] {
    return this.#candidates(peer.podSelector).filter((pod) => isPeer(peer, pod, ownNamespace));
  }

  /** All that a selector fits are among these: those with the rarest of its labels. */
  #candidates(selector?: Selector): readonly Pod[] {
    return Object.entries(selector?.matchLabels ?? {})
      .map((label) => this.#byLabel.get(labelKey(label)) ?? [])
      .reduce((rarest, pods) => (pods.length < rarest.length ? pods : rarest), this.#pods);
  }
}

const labelKey = ([name, value]: readonly [string, string]): string => `${name}=${value}`;
