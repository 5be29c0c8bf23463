import type * as pulumi from "@pulumi/pulumi";
import { WorkloadComponent, type WorkloadComponentArgs } from "./workload-component";

/** PostgreSQL and the passwords of its three roles: superuser, application and monitoring. */
export class Postgres extends WorkloadComponent {
  constructor(name: string, args: WorkloadComponentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("Postgres", name, args, opts, [
      "postgres-superuser",
      "postgres-app",
      "postgres-monitoring",
    ]);
  }
}
