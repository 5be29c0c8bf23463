import type * as pulumi from "@pulumi/pulumi";
import { WorkloadComponent, type WorkloadComponentArgs } from "./workload-component";

/** What the Docker engine measures of each container, as metrics. */
export class DockerStatsCollector extends WorkloadComponent {
  constructor(name: string, args: WorkloadComponentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("DockerStatsCollector", name, args, opts);
  }
}
