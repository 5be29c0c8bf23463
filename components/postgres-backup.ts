import type * as pulumi from "@pulumi/pulumi";
import { WorkloadComponent, type WorkloadComponentArgs } from "./workload-component";

/** The backups of PostgreSQL. */
export class PostgresBackup extends WorkloadComponent {
  constructor(name: string, args: WorkloadComponentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("PostgresBackup", name, args, opts);
  }
}
