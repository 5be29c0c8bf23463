import type * as pulumi from "@pulumi/pulumi";
import { WorkloadComponent, type WorkloadComponentArgs } from "./workload-component";

/** What the cluster knows of the stack, as metrics. */
export class KubeStateMetrics extends WorkloadComponent {
  constructor(name: string, args: WorkloadComponentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("KubeStateMetrics", name, args, opts);
  }
}
