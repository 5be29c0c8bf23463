/** Something that may be read through a cluster's own API, never changed. */
export interface ClusterRight {
  /**
   * Where: `stack`, beside every workload of the stack and nowhere else; `cluster`, in all of it,
   * which what is no part of any place needs, such as a machine; or beside one workload of the stack.
   */
  readonly where: "stack" | "cluster" | { readonly beside: string };
  /** The API's group; empty for its core. */
  readonly group: string;
  /** Kinds in the API's own words, such as `pods` or `nodes/metrics`. */
  readonly resources: readonly string[];
  readonly verbs: readonly ("get" | "list" | "watch")[];
}

/**
 * What a workload reads of the cluster that it runs in, with a token that no other workload gets.
 * There is none on a platform that is no cluster.
 */
export interface ClusterAccess {
  readonly rights: readonly ClusterRight[];
  /** Ports on which it asks the cluster's machines themselves; absent: none. */
  readonly nodePorts?: readonly number[];
}
