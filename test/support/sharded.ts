import type { Stack } from "../../model/stack";
import { service, stackFrom, type Values } from "./stack-settings";

/** A stack in a cluster whose targets are shared among shards, with a store that has everything. */
export function sharded(
  shards: number,
  services: Values = {},
  prometheus: Values = {},
  rest: Values = {},
): Stack {
  return stackFrom({
    platform: "kubernetes",
    services: {
      narwhal: service({ needs: ["postgres"] }),
      orca: service({ replicas: 3 }),
      beluga: service(),
      ...services,
    },
    postgres: {},
    redis: {},
    prometheus: {
      shards,
      remoteWrite: [{ name: "mimir", url: "http://mimir.metrics.svc:8080/api/v1/push" }],
      query: { url: "http://mimir.metrics.svc:8080/prometheus" },
      ...prometheus,
    },
    ...rest,
  });
}
