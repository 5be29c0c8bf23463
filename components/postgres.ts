import type * as pulumi from "@pulumi/pulumi";
import type { FileMount } from "../model/files";
import type { GeneratedSecret } from "../model/secrets";
import { WorkloadComponent, type WorkloadComponentArgs } from "./workload-component";

/** PostgreSQL and the passwords of its roles: superuser, application, monitoring, maybe Grafana. */
export class Postgres extends WorkloadComponent {
  constructor(name: string, args: WorkloadComponentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("Postgres", name, args, opts, [
      "postgres-superuser",
      "postgres-app",
      "postgres-monitoring",
      ...(holds(args.mounts, "postgres-grafana") ? (["postgres-grafana"] as const) : []),
    ]);
  }
}

/** Whether a file to provision has this password in it. */
function holds(mounts: readonly FileMount[], secret: GeneratedSecret): boolean {
  return mounts
    .flatMap(({ files }) => Object.values(files))
    .flatMap((content) => (typeof content === "string" ? [] : content.parts))
    .some((part) => typeof part !== "string" && "generated" in part && part.generated === secret);
}
