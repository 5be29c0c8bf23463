import { rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { CLUSTER_STACK, kubectl, pods, readyPod, tier } from "../../support/cluster";
import { run } from "../../support/command";

/** Something that goes wrong in a cluster, and what people are to be told of it. */
export interface ClusterFault {
  readonly name: string;
  readonly alert: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly provoke: () => Promise<void>;
  /** Absent where only time makes it good. */
  readonly heal?: () => Promise<void>;
  /** How long it is told of after it is good again, where that is too long to wait for. */
  readonly lingers?: string;
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

/** A service that misbehaves on demand (test/e2e/faulty-api), beside prod's own. */
export const FAULTY = {
  name: "erring",
  port: 8000,
  declaration: {
    image: "whalewatch/faulty-api:1.0.0",
    port: 8000,
    limits: { memory: "128Mi", cpu: 0.25 },
    internet: false,
  },
} as const;

/** What the faulty service does from now on; asked from inside its pod, which need not be ready. */
async function misbehave(fault: { errors?: number; unwell?: boolean }): Promise<void> {
  const [pod] = (await pods()).filter(({ workload }) => workload === FAULTY.name);
  if (pod === undefined) throw new Error(`${FAULTY.name} has no pod`);
  const body = JSON.stringify(JSON.stringify(fault));
  const ask = `fetch("http://localhost:${FAULTY.port}/fault", { method: "POST", body: ${body} }).then(({ ok }) => process.exit(ok ? 0 : 1))`;
  await kubectl("exec", "-n", pod.namespace, pod.name, "--", "node", "-e", ask);
}

/** Answers 503 when asked how it is, until the kubelet has taken it from those that are ready. */
async function becomeUnwell(): Promise<void> {
  await misbehave({ unwell: true });
  const unready = ["--for=condition=Ready=false", "--timeout=120s"];
  const ofFaulty = ["-l", `app.kubernetes.io/name=${FAULTY.name}`];
  await kubectl("wait", "pod", "-n", tier("services"), ...ofFaulty, ...unready);
}

const CRASHING = "crashing";

/** A pod that ends at once, as the `restricted` level and the tier's quota let it be. */
function crashingDeployment(): object {
  const labels = { "app.kubernetes.io/name": CRASHING };
  const securityContext = {
    runAsNonRoot: true,
    runAsUser: 999,
    seccompProfile: { type: "RuntimeDefault" },
  };
  const container = {
    name: CRASHING,
    image: "redis:8.0.6",
    command: ["/bin/false"],
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
  };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: CRASHING, namespace: tier("services") },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { securityContext, containers: [container] } },
    },
  };
}

async function addCrashing(): Promise<void> {
  const file = `Pulumi.${CLUSTER_STACK}.yaml.crashing.json`;
  writeFileSync(file, JSON.stringify(crashingDeployment()));
  await kubectl("apply", "-f", file).finally(() => {
    rmSync(file);
  });
}

const end = ["node", "-e", 'process.kill(1, "SIGTERM")'];
/** How often the stack under test reads metrics, so that each start is seen. */
export const SCRAPE_SECONDS = 5;
/** Restarts in 15 minutes from which on they are told; one more for the other replica's start. */
const RESTARTS = 1;

/** What each waits by default is tested with promtool; here it would only take time. */
export const FAULT_RULES = {
  ServiceRestarting: { threshold: RESTARTS },
  ...Object.fromEntries(
    [
      ...["ServiceErrorRatioHigh", "ServiceUnhealthy", "ServiceDown", "PostgresDown", "RedisDown"],
      "PodCrashLooping",
    ].map((alert) => [alert, { for: "15s" }]),
  ),
};

/** Each with an alert of its own, in the order in which they are provoked; one list at a time. */
export const CLUSTER_FAULTS: readonly (readonly ClusterFault[])[] = [
  [
    {
      name: "a service answers with errors",
      alert: "ServiceErrorRatioHigh",
      labels: { service: FAULTY.name },
      provoke: () => misbehave({ errors: 0.5 }),
      heal: () => misbehave({}),
      lingers: "5 min",
    },
    {
      name: "a pod keeps crashing",
      alert: "PodCrashLooping",
      labels: { workload: CRASHING },
      provoke: addCrashing,
      heal: async () => {
        await kubectl("delete", "deployment", "-n", tier("services"), CRASHING);
      },
      lingers: "5 min",
    },
    {
      name: "a service keeps crashing",
      alert: "ServiceRestarting",
      labels: { service: "efficientnet-v1" },
      provoke: () => crash("efficientnet-v1", RESTARTS + 2),
      lingers: "15 min",
    },
  ],
  [
    {
      name: "a service runs and none of its pods is ready",
      alert: "ServiceUnhealthy",
      labels: { service: FAULTY.name },
      provoke: becomeUnwell,
      heal: () => misbehave({}),
    },
  ],
  [
    {
      name: "no pod of a service runs",
      alert: "ServiceDown",
      labels: { service: "resnet-v1" },
      provoke: () => scale("services", "deployment/resnet-v1", 0),
      heal: () => scale("services", "deployment/resnet-v1", 2),
    },
  ],
  [
    {
      name: "Postgres is gone, and with it what needs it",
      alert: "PostgresDown",
      labels: {},
      provoke: () => scale("stores", "statefulset/postgres", 0),
      heal: () => scale("stores", "statefulset/postgres", 1),
    },
  ],
  [
    {
      name: "Redis is gone",
      alert: "RedisDown",
      labels: {},
      provoke: () => scale("stores", "statefulset/redis", 0),
      heal: () => scale("stores", "statefulset/redis", 1),
    },
  ],
];

/** What cannot go wrong in the lab's cluster, and why. */
export const IMPOSSIBLE_FAULTS: readonly string[] = [
  "a volume fills up: a claim is a folder of the host here, without a size of its own",
];
