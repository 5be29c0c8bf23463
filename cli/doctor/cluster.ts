import { z } from "zod";
import type { ClusterApi } from "../kubernetes/api/cluster-api";
import { type Diagnosis, ok } from "./diagnosis";

const versionSchema = z.object({ gitVersion: z.string() });

/** The cluster that the stack's pinned context leads to. */
export async function diagnoseCluster(api: ClusterApi): Promise<Diagnosis[]> {
  const { gitVersion } = versionSchema.parse(await api.get("/version"));
  return [ok("cluster", `Kubernetes ${gitVersion} at ${api.server} (context ${api.context})`)];
}
