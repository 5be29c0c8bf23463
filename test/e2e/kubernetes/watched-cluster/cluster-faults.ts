import { setTimeout as sleep } from "node:timers/promises";
import { kubectl, readyPod, tier } from "../../support/cluster";
import { run } from "../../support/command";

/** Something that goes wrong in a cluster, and what people are to be told of it. */
export interface ClusterFault {
  readonly name: string;
  readonly alert: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly provoke: () => Promise<void>;
  /** Absent where only time makes it good. */
  readonly heal?: () => Promise<void>;
}

const scale = async (space: string, what: string, replicas: number): Promise<void> => {
  await kubectl("scale", "-n", tier(space), what, `--replicas=${replicas}`);
};

/** Ends one pod's own process again and again; the kubelet starts it after 0, 10 and 20 seconds. */
async function crash(workload: string, times: number): Promise<void> {
  const { namespace, name } = await readyPod(workload);
  const pod = ["-n", namespace, `pod/${name}`];
  for (let time = 1; time <= times; time++) {
    // The command ends with its container, so how it ends says nothing.
    await run("kubectl", ["exec", ...pod.slice(0, 2), name, "--", ...end]);
    const restarted = `jsonpath={.status.containerStatuses[0].restartCount}=${time}`;
    await kubectl("wait", ...pod, `--for=${restarted}`, "--timeout=90s");
    await kubectl("wait", ...pod, "--for=condition=Ready", "--timeout=90s");
    await sleep(SCRAPE_SECONDS * 1000);
  }
}

const end = ["node", "-e", 'process.kill(1, "SIGTERM")'];
/** How often the stack under test reads metrics, so that each start is seen. */
export const SCRAPE_SECONDS = 5;
/** Restarts in 15 minutes from which on they are told; one more for the other replica's start. */
export const RESTARTS = 1;

/** Each with an alert of its own; the order is that in which they are provoked. */
export const CLUSTER_FAULTS: readonly ClusterFault[] = [
  {
    name: "a service keeps crashing",
    alert: "ServiceRestarting",
    labels: { service: "efficientnet-v1" },
    provoke: () => crash("efficientnet-v1", RESTARTS + 2),
  },
  {
    name: "no pod of a service runs",
    alert: "ServiceDown",
    labels: { service: "resnet-v1" },
    provoke: () => scale("services", "deployment/resnet-v1", 0),
    heal: () => scale("services", "deployment/resnet-v1", 2),
  },
  {
    name: "Postgres is gone, and with it what needs it",
    alert: "PostgresDown",
    labels: {},
    provoke: () => scale("stores", "statefulset/postgres", 0),
    heal: () => scale("stores", "statefulset/postgres", 1),
  },
  {
    name: "Redis is gone",
    alert: "RedisDown",
    labels: {},
    provoke: () => scale("stores", "statefulset/redis", 0),
    heal: () => scale("stores", "statefulset/redis", 1),
  },
];

/** What cannot go wrong in the lab's cluster, and why. */
export const IMPOSSIBLE_FAULTS: readonly string[] = [
  "a volume fills up: a claim is a folder of the host here, without a size of its own",
];
