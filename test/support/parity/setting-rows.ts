import { both, refused, type Row } from "./row";
import { WORKLOAD_ROWS } from "./workload-rows";

const unused: Row["docker"] = refused({ platform: "docker", kubernetes: {} });

const ROTATION = both("other passwords; who has them as files is replaced");
const RECEIVERS =
  "receivers of Alertmanager, each secret as a file; opens the way to where they are";
const ROUTES = "Alertmanager's tree of routes";
const MUTE = "Alertmanager's time intervals, by the time zones of its image";
const HEARTBEAT = "Alertmanager's receiver of the one alert that always fires";

/** Settings of the stack and of the supported programs. */
export const SETTING_ROWS: Readonly<Record<string, Row>> = {
  platform: {
    docker: "the engine that the Docker client talks to",
    kubernetes: "the cluster of `kubernetes.context`; `whalewatch render` needs none",
  },
  "rotations.postgres": ROTATION,
  "rotations.redis": ROTATION,
  "rotations.grafana": ROTATION,
  "host.memory": both("all limits together must fit, before anything is made"),
  "promotion.soak": both("how long `promote` asks an image to have run elsewhere"),
  "monitoring.enabled": both("false takes away all that watches"),
  probes: {
    docker: "asked by the prober, which then joins `edge`",
    kubernetes:
      "asked by the prober, with an egress rule; with `mode: operator` a `Probe` for each",
  },
  "kubernetes.context": { docker: unused, kubernetes: "the one kubeconfig context that is used" },
  "kubernetes.clusterDomain": { docker: unused, kubernetes: "the end of `searches`" },
  "kubernetes.storageClass": { docker: unused, kubernetes: "`storageClassName` of each claim" },
  "kubernetes.registryMirror": {
    docker: unused,
    kubernetes: "stands in for each `image`'s registry",
  },
  "kubernetes.imagePullSecrets": { docker: unused, kubernetes: "`imagePullSecrets` of each pod" },
  "kubernetes.apiServer": {
    docker: unused,
    kubernetes: "the `ipBlock` of who reads the cluster; without it any address on 443 and 6443",
  },
  "kubernetes.route": { docker: unused, kubernetes: "`Ingress` or `HTTPRoute` of who has a host" },
  "alerts.rules": both("lines of the rules' files"),
  "alerts.runbookUrl": both("`runbook_url` of each alert, in place of Grafana's own page"),
  "program.host": {
    docker: refused({ platform: "docker", grafana: { host: "grafana.example.com" } }),
    kubernetes: "`Ingress` or `HTTPRoute` of Grafana; its controller is let in",
  },
  "program.url": both("the beginning of each link in an alert"),
  "alerts.receivers": {
    docker: RECEIVERS,
    kubernetes: `${RECEIVERS}; with \`mode: operator\` of an \`AlertmanagerConfig\`, secrets by reference`,
  },
  "alerts.routes": {
    docker: ROUTES,
    kubernetes: `${ROUTES}; with \`mode: operator\` that of an \`AlertmanagerConfig\``,
  },
  "alerts.mute": {
    docker: MUTE,
    kubernetes: `${MUTE}; with \`mode: operator\` \`muteTimeIntervals\`, in UTC alone`,
  },
  "alerts.deadMansSwitch": {
    docker: HEARTBEAT,
    kubernetes: `${HEARTBEAT}; with \`mode: operator\` the cluster's`,
  },
  "policies.production": both("the policies of production hold"),
  "policies.registries": both("where images may come from"),
  "policies.levels": both("what a violation of a policy does"),
  "policies.exceptions": both("what policies do not apply to, for a while"),
  "program.enabled": both("false leaves it out, with all that watches it"),
  "program.image": WORKLOAD_ROWS.image,
  "program.limits": WORKLOAD_ROWS.limits,
  "program.user": WORKLOAD_ROWS.user,
  "program.verifyCertificate": {
    docker: "no kubelets",
    kubernetes: "false: a kubelet may show a certificate of its own making, as most do",
  },
  "program.socket": WORKLOAD_ROWS.engineSocket,
  "program.socketGroup": {
    docker: "the group of the collector's `user`; no privilege, no capability",
    kubernetes: WORKLOAD_ROWS.engineSocket.kubernetes,
  },
  "program.storage": WORKLOAD_ROWS.volumes,
  "program.publish": {
    docker: "`ports` of the host, on 127.0.0.1 or the address given, by the network `published`",
    kubernetes: "no host port: `urls` has the `kubectl port-forward` that opens one",
  },
  "program.replicas": {
    docker: refused({ platform: "docker", prometheus: { replicas: 2 } }),
    kubernetes: "`replicas`, each with a claim of its own, apart where there is room",
  },
  "program.database": both("made at the first start; of Grafana, where it keeps its data"),
  "program.databaseLogin": both("Grafana's login on a server outside, its password as a file"),
  "program.external": {
    docker: "the network `edge`, which leads anywhere",
    kubernetes: "an egress rule for that port, on the addresses of `cidr` or any",
  },
  "program.mode": {
    docker: WORKLOAD_ROWS.visitors.docker,
    kubernetes:
      "operator: `ServiceMonitor`, `Probe`, `PrometheusRule` and `AlertmanagerConfig` in place of Prometheus and Alertmanager",
  },
  "program.operator": {
    docker: WORKLOAD_ROWS.visitors.docker,
    kubernetes: "`labels` of those objects; its namespace is let in",
  },
  "program.shards": {
    docker: refused({ platform: "docker", prometheus: { shards: 2 } }),
    kubernetes: "a `StatefulSet` for each, which scrapes its share and alerts on it",
  },
  "program.query": both("Grafana's datasource; opens the way there in place of Prometheus"),
  "program.remoteWrite": both("lines of its configuration; opens the way there"),
  "program.maxConnections": both("an argument of the server"),
  "program.maxmemoryPolicy": both("a line of its configuration"),
  "program.backup": {
    docker: "a container that dumps at its times to a volume of its own",
    kubernetes: "a `CronJob` that dumps to a `PersistentVolumeClaim` of its own",
  },
  "program.scrapeInterval": both("a line of its configuration"),
  "program.retention": both("an argument of the server, beside a size of 80 % of `storage`"),
};
