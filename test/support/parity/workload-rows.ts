import type { Workload } from "../../../model/workload";
import { both, refused, refusedService, type Row } from "./row";

const OPERATOR = { namespace: "monitoring", labels: {} };

const ENGINE_REFUSED = refused({
  platform: "kubernetes",
  exporters: { containers: { enabled: true, socketGroup: 999 } },
});

/** Every field of a workload, so that none is forgotten: a new one without a row fails to compile. */
export const WORKLOAD_ROWS: Readonly<Record<keyof Workload, Row>> = {
  name: {
    docker: "alias on the network it listens on; container `project.stack.name`",
    kubernetes:
      "`Service`, headless where replicas are looked up; peers in other tiers by `dnsConfig` `searches`",
  },
  role: {
    docker: "decides its network, with `network`",
    kubernetes:
      "decides its namespace: `services`, `stores`, `monitoring`; `host` for node readers",
  },
  image: {
    docker: "`RemoteImage`, kept on destroy; run by id, so that a moved tag replaces",
    kubernetes: "`imagePullPolicy: IfNotPresent`; `registryMirror` and `imagePullSecrets` apply",
  },
  build: {
    docker: "built by the engine from the folder, never pushed",
    kubernetes: refusedService("kubernetes", { build: { context: "api" } }),
  },
  command: {
    docker: "`command`, in place of the image's",
    kubernetes: "`args`, in place of the image's; a reference such as `$(NAME)` stays text",
  },
  schedule: {
    docker: "a container that waits for its times in a loop and runs the command under `timeout`",
    kubernetes:
      "a `CronJob`, one run at a time (`concurrencyPolicy: Forbid`), with a deadline; claims stand apart",
  },
  replicas: {
    docker: "containers `-1`, `-2`, … behind one alias; none with a host port or volumes",
    kubernetes: "`replicas`; a replica with volumes has its own (`StatefulSet`)",
  },
  autoscale: {
    docker: refusedService("docker", { autoscale: { maxReplicas: 3 } }),
    kubernetes: "`HorizontalPodAutoscaler` by CPU; the cluster needs a metrics server",
  },
  everyReplicaName: {
    docker: "none: the name leads to every container that runs, well or not",
    kubernetes:
      "a second headless `Service` with `publishNotReadyAddresses`, where Prometheus looks services up",
  },
  host: {
    docker: refusedService("docker", { host: "api.example.com" }),
    kubernetes: "`Ingress` or `HTTPRoute`, by `kubernetes.route`; its controller is let in",
  },
  limits: {
    docker: "`memory` and `cpus`, hard; nothing is set aside",
    kubernetes: "`limits`, hard; `requests`: all of the memory, a fifth of the CPU",
  },
  user: {
    docker: "`user`; files belong to it, mode 0400 or 0444",
    kubernetes: "`runAsUser`, `runAsGroup`, `fsGroup`; files belong to root, mode 0440 or 0444",
  },
  readOnlyRoot: {
    docker: "`readOnly`",
    kubernetes: "`readOnlyRootFilesystem`",
  },
  ports: {
    docker: "opened by the networks; a published one also on the host, on 127.0.0.1",
    kubernetes: "`ports` of pod, `Service` and policies; a published one by `kubectl port-forward`",
  },
  network: {
    docker: "an `internal` bridge network; a store's is its own",
    kubernetes: "none: a `NetworkPolicy` for each workload instead",
  },
  connects: {
    docker: "joins the peer's network, on which others may be too",
    kubernetes: "`egress` here and `ingress` there, for those ports alone",
  },
  outside: {
    docker: "joins the network `edge`, as with `internet`; the address is not enforced",
    kubernetes: "`egress` to that port, of the `ipBlock` if one is declared",
  },
  visitors: {
    docker: refused({ platform: "docker", prometheus: { mode: "operator", operator: OPERATOR } }),
    kubernetes: "`ingress` from that namespace, for that port alone",
  },
  internet: {
    docker: "joins the network `edge`, whose members cannot see one another",
    kubernetes:
      "`egress` to `0.0.0.0/0` without private and other special ranges; none by IPv6, where pods' addresses look like the internet's",
  },
  clusterAccess: {
    docker: "none: an engine has no API that may be read in part",
    kubernetes:
      "`Role` in the namespaces that are read, `ClusterRole` for nodes alone; the one pod with a token",
  },
  health: {
    docker: "`healthcheck` run inside; well at 2xx; an unwell container stays as it is",
    kubernetes:
      "`startupProbe`, `readinessProbe` by the kubelet, well below 400; `livenessProbe` restarts on a closed port",
  },
  env: {
    docker: "`envs`",
    kubernetes: "`env`; a reference such as `$(NAME)` stays text, as on Docker",
  },
  replicaVariable: {
    docker: "the container's name",
    kubernetes: "the pod's name, by `fieldRef`",
  },
  volumes: {
    docker: "a volume of a fixed name, `protect` and `retainOnDelete`; `storage` is not enforced",
    kubernetes: "`volumeClaimTemplates` of that size, by `storageClass`; claims are retained",
  },
  scratch: {
    docker: "`tmpfs` of that size",
    kubernetes: "`emptyDir` with `medium: Memory` and `sizeLimit`",
  },
  hostDirectories: {
    docker: "mounted `readOnly`",
    kubernetes: "`hostPath`, read-only, in a `DaemonSet` of the one privileged namespace",
  },
  engineSocket: {
    docker:
      "bind mount, only where `exporters.containers` asks for it; who holds it holds the host",
    kubernetes: ENGINE_REFUSED,
  },
  startWithin: {
    docker: "`startPeriod`, and `waitTimeout` where it is longer than 3 minutes",
    kubernetes:
      "`startupProbe`, `progressDeadlineSeconds` and how long `up` waits, for one pod after the other",
  },
  stopGrace: {
    docker: "`stopTimeout` and `destroyGraceSeconds`",
    kubernetes: "`terminationGracePeriodSeconds`",
  },
};

/** Settings of a service that have a workload's field of the same meaning, and all others. */
export const SERVICE_ROWS: Readonly<Record<string, Row>> = {
  image: WORKLOAD_ROWS.image,
  build: WORKLOAD_ROWS.build,
  kind: both("decides whether a port must be there"),
  port: WORKLOAD_ROWS.ports,
  replicas: WORKLOAD_ROWS.replicas,
  autoscale: WORKLOAD_ROWS.autoscale,
  host: WORKLOAD_ROWS.host,
  publish: {
    docker: "`ports` of the host, on 127.0.0.1 or the address given, by the network `published`",
    kubernetes: "no host port: `urls` has the `kubectl port-forward` that opens one",
  },
  limits: WORKLOAD_ROWS.limits,
  health: WORKLOAD_ROWS.health,
  healthCommand: {
    docker: "`healthcheck` runs it",
    kubernetes: "`exec` in `startupProbe` and `readinessProbe`",
  },
  objectives: both("recorded error budgets, and alerts about how fast they are spent"),
  metricsProfile: both("which rules and panels are made for the service"),
  metrics: both("scraped under the name, which leads to each replica"),
  command: WORKLOAD_ROWS.command,
  env: WORKLOAD_ROWS.env,
  secrets: {
    docker: "files below /run/secrets, mode 0400, in a volume",
    kubernetes: "files below /run/secrets, mode 0440, from an immutable `Secret`",
  },
  needs: WORKLOAD_ROWS.connects,
  team: both("chooses the receivers of its alerts, by `alerts.routes.teams`"),
  volumes: WORKLOAD_ROWS.volumes,
  user: WORKLOAD_ROWS.user,
  readOnlyRoot: WORKLOAD_ROWS.readOnlyRoot,
  internet: WORKLOAD_ROWS.internet,
  startWithin: WORKLOAD_ROWS.startWithin,
  stopGrace: WORKLOAD_ROWS.stopGrace,
};
