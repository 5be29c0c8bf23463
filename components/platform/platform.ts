import type * as pulumi from "@pulumi/pulumi";
import type { FileMount } from "../../model/files";
import type { OperatorObjects } from "../../model/operator";
import type { SecretReference } from "../../model/secrets";
import type { Workload } from "../../model/workload";

/** Gives the value of a secret, always as a secret Output. */
export type SecretResolver = (reference: SecretReference) => pulumi.Output<string>;

/** What a workload needs beside its own description. */
export interface PlacementArgs {
  readonly workload: Workload;
  readonly mounts: readonly FileMount[];
  readonly secrets: SecretResolver;
  /** Must be healthy before this one starts. */
  readonly after: readonly pulumi.Resource[];
}

/** A workload that a platform has taken on. */
export interface Placed {
  /** Exist once the workload is healthy. */
  readonly ready: readonly pulumi.Resource[];
  /** Where people reach what it publishes: a URL, or the command that opens a way to it. */
  readonly address?: string;
}

/**
 * Where workloads run. It turns each neutral description into its own resources and knows nothing
 * of any program that runs on it.
 */
export interface Platform {
  /** Creates a workload's resources as children of `parent`. */
  place(args: PlacementArgs, parent: pulumi.Resource): Placed;
  /**
   * Creates, as children of `parent`, what tells an operator of the platform's own how to watch.
   * @throws TypeError on a platform that has none.
   */
  handOver(objects: OperatorObjects, secrets: SecretResolver, parent: pulumi.Resource): void;
}
