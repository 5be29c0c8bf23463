import type { Stack } from "../../../model/stack";
import { declareStack, serviceSettings } from "../../support/declared-stack";

/** A stack `try` on Kubernetes: a service with two replicas, with a host where there is a route, and a Redis of 2 GiB. */
export function declareCluster(kubernetes: Readonly<Record<string, unknown>> = {}): Stack {
  return declareStack({
    platform: "kubernetes",
    kubernetes: { context: "lab", ...kubernetes },
    monitoring: { enabled: false },
    services: {
      api: serviceSettings({
        replicas: 2,
        limits: { memory: "512Mi", cpu: 1 },
        ...(kubernetes["route"] !== undefined && { host: "api.example.com" }),
      }),
    },
    redis: { limits: { memory: "256Mi", cpu: 0.5 }, storage: "2Gi" },
  });
}
