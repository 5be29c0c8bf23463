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
      probes: {
        // Called as a service is.
        orca: { url: "https://orca.example.com/", every: "30s", timeout: "5s" },
        intranet: { url: "http://10.1.2.3:8080/", expect: { status: 301 } },
      },
      ...changes,
    },
    secrets,
  );
}

/** One such stack, and the same with a Prometheus of its own. */
export const handed = operated();
export const serverTwin = stack({});
