import type * as pulumi from "@pulumi/pulumi";
import { WorkloadComponent, type WorkloadComponentArgs } from "./workload-component";

/** One of the user's services, with as many replicas as it declares. */
export class ApiService extends WorkloadComponent {
  constructor(name: string, args: WorkloadComponentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ApiService", name, args, opts);
  }
}
