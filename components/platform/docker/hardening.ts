import type * as docker from "@pulumi/docker";
import type { Workload } from "../../../model/workload";

/** What every container gets, whether it runs or only carries files. */
export function hardening({ user }: Workload) {
  return {
    user: `${user.uid}:${user.gid}`,
    capabilities: { drops: ["ALL"] },
    securityOpts: ["no-new-privileges:true"],
    // Three files of 10 MB: a chatty program cannot fill the disk.
    logDriver: "json-file",
    logOpts: { "max-size": "10m", "max-file": "3" },
  } satisfies Partial<docker.ContainerArgs>;
}
