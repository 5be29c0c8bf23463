import type * as pulumi from "@pulumi/pulumi";
import { WorkloadComponent, type WorkloadComponentArgs } from "./workload-component";

/** node-exporter: the host's figures, with its root mounted read-only. */
export class NodeExporter extends WorkloadComponent {
  constructor(name: string, args: WorkloadComponentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("NodeExporter", name, args, opts);
  }
}
