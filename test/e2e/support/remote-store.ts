import { z } from "zod";
import { kubectl } from "./cluster";
import { run, succeeds } from "./command";

const NAMESPACE = "whalewatch-e2ek-store";
/** Not one of the stack's: a Prometheus that takes what others write to it. */
const OBJECTS = [
  {
    apiVersion: "v1",
    kind: "Namespace",
    // By this label an interrupted run is cleaned up after.
    metadata: { name: NAMESPACE, labels: { "app.kubernetes.io/part-of": "whalewatch" } },
  },
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "store", namespace: NAMESPACE },
    spec: { selector: { app: "store" }, ports: [{ port: 9090 }] },
  },
  {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "store", namespace: NAMESPACE },
    spec: {
      selector: { matchLabels: { app: "store" } },
      template: {
        metadata: { labels: { app: "store" } },
        spec: {
          containers: [
            {
              name: "store",
              image: "prom/prometheus:v3.5.3",
              command: ["sh", "-c"],
              args: [
                ": >/tmp/empty.yml; exec /bin/prometheus --config.file=/tmp/empty.yml --storage.tsdb.path=/tmp/data --web.enable-remote-write-receiver",
              ],
            },
          ],
        },
      },
    },
  },
];

const answer = z.object({
  data: z.object({
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        value: z.tuple([z.number(), z.string()]),
      }),
    ),
  }),
});

/** A store in the cluster, apart from the stack, that takes remote write. */
export class RemoteStore {
  /** Where it takes samples. */
  readonly writeUrl = `http://store.${NAMESPACE}.svc:9090/api/v1/write`;

  /** Makes it and waits until it takes any. */
  async start(): Promise<void> {
    const list = JSON.stringify({ apiVersion: "v1", kind: "List", items: OBJECTS });
    await succeeds(
      run("sh", ["-c", `printf %s "$OBJECTS" | kubectl apply -f -`], { OBJECTS: list }),
    );
    await kubectl("rollout", "status", "-n", NAMESPACE, "deployment/store", "--timeout=90s");
  }

  /** The labels and the value of each series that a query finds. */
  async query(
    query: string,
  ): Promise<readonly { labels: Record<string, string>; value: number }[]> {
    const url = `http://localhost:9090/api/v1/query?query=${encodeURIComponent(query)}`;
    const text = await kubectl(
      ...["exec", "-n", NAMESPACE, "deployment/store", "--", "wget", "-qO-", url],
    );
    return answer
      .parse(JSON.parse(text))
      .data.result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
  }

  /** Takes it down. */
  async remove(): Promise<void> {
    await kubectl("delete", "namespace", NAMESPACE, "--ignore-not-found");
  }
}
