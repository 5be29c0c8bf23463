import type * as pulumi from "@pulumi/pulumi";
import { WorkloadComponent, type WorkloadComponentArgs } from "./workload-component";

/** The exporter beside Redis. */
export class RedisExporter extends WorkloadComponent {
  constructor(name: string, args: WorkloadComponentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("RedisExporter", name, args, opts);
  }
}
