import type * as pulumi from "@pulumi/pulumi";
import type { FileMount } from "../../../../model/files";
import type { Settings } from "../../../../model/settings/schema";
import type { StackIdentity } from "../../../../model/stack-identity";
import type { Workload } from "../../../../model/workload";

/** What every object is made from beside its workload. */
export interface ClusterContext {
  readonly stack: StackIdentity;
  readonly settings: Settings["kubernetes"];
  readonly workloads: readonly Workload[];
  /**
   * The name of the Secret that carries a sensitive mount. The platform puts a digest of the content
   * into it, which only Pulumi can know; rendered manifests refer to it by its plain name.
   */
  readonly secretName: (workload: Workload, mount: FileMount) => pulumi.Input<string>;
}
