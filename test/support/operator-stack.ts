import type { Stack } from "../../model/stack";
import { service, stackFrom, type Values } from "./stack-settings";

const QUERY = { url: "http://prometheus-operated.monitoring.svc:9090" };

/** A stack that the cluster's own Prometheus watches. */
export function operated(changes: Values = {}, secrets: readonly string[] = []): Stack {
  return stack(
    {
      prometheus: {
        mode: "operator",
        operator: { namespace: "monitoring", labels: { release: "kps" } },
        query: QUERY,
      },
      ...changes,
    },
    secrets,
  );
}

function stack(changes: Values, secrets: readonly string[] = []): Stack {
  return stackFrom(
    {
      platform: "kubernetes",
      services: {
        narwhal: service({ needs: ["postgres"], replicas: 2 }),
        orca: service({ metrics: "/internal/metrics", port: 9000 }),
        quiet: service({ metrics: false, health: "/up" }),
      },
      postgres: {},
      redis: {},
      ...changes,
    },
    secrets,
  );
}

/** One such stack, and the same with a Prometheus of its own. */
export const handed = operated();
export const serverTwin = stack({});
