import type * as pulumi from "@pulumi/pulumi";
import { WorkloadComponent, type WorkloadComponentArgs } from "./workload-component";

/** Grafana and its administrator's password. */
export class Grafana extends WorkloadComponent {
  constructor(name: string, args: WorkloadComponentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("Grafana", name, args, opts, ["grafana-admin"]);
  }
}
