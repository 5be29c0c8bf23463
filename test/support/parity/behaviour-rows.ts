import type { Row } from "./row";
import { both, refusedService } from "./row";

/** What the stack does without being told, and what the commands do. */
export const BEHAVIOUR_ROWS: Readonly<Record<string, Row>> = {
  swap: {
    docker: "off: `memorySwap` equals `memory`",
    kubernetes: "the nodes' own affair; off unless the cluster turned it on",
  },
  "provisioned files": {
    docker: "a volume for each directory, filled before the start, mounted `readOnly`",
    kubernetes: "a `ConfigMap` for each directory, mounted `readOnly`",
  },
  "a changed file, reloaded": {
    docker: "the volume keeps its name; the program sees the new text",
    kubernetes: "the `ConfigMap` keeps its name; the kubelet takes up to a minute",
  },
  "a changed file, not reloaded": {
    docker: "a digest in the volume's name: the container is replaced",
    kubernetes: "a digest in the `ConfigMap`'s name: the pods roll",
  },
  "a changed secret": {
    docker: "a keyed digest in the volume's name: the container is replaced",
    kubernetes: "a keyed digest in the `Secret`'s name: the pods roll",
  },
  "start order": {
    docker: "a service starts when what it needs is healthy",
    kubernetes: "`up`: the same; `render`: all at once, ready when what they need is",
  },
  updates: {
    docker: "the old container stops first: its name and port are fixed",
    kubernetes: "a new pod is ready before an old one goes; what has data stops first",
  },
  restarts: {
    docker: "`unless-stopped`, by the engine",
    kubernetes: "by the kubelet, and elsewhere when a node is gone",
  },
  hardening: {
    docker:
      "`capabilities` dropped, `no-new-privileges`, default seccomp, the engine's socket for nobody but who asks for `exporters.containers`",
    kubernetes: "`restricted` enforced, `RuntimeDefault`; no token but for who reads the cluster",
  },
  "node-exporter": {
    docker: "one container; the machine's root `readOnly`",
    kubernetes:
      "a pod on every node, alone in the `privileged` namespace `host`; each is a target, known by its node",
  },
  "rights in the cluster": {
    docker: "none; the collector of `exporters.containers` holds the engine's socket, if asked for",
    kubernetes:
      "`kube-state-metrics` lists pods, controllers and quotas of the stack's namespaces by a `Role` in each. Prometheus lists nodes and reads their metrics by a `ClusterRole`, since nodes are in no namespace; `exporters.kubelet.enabled` false does without",
  },
  "container metrics": {
    docker:
      "declared limits against what each process says of itself; with `exporters.containers.enabled` by the engine, with throttling and networks",
    kubernetes: "the same names by the kubelets, with throttling and volumes",
  },
  "closed connections": {
    docker: "between networks; members of one can see one another, stores only their clients",
    kubernetes: "each pair on each port, proven before `render` writes; a CNI must enforce them",
  },
  DNS: {
    docker: "the engine's own, for names on shared networks",
    kubernetes: "port 53 to any address is open, since clusters differ in where it answers",
  },
  quotas: {
    docker: "none beside the limits of each container",
    kubernetes:
      "`ResourceQuota` in each tier but `host`, with room for an update of all; `LimitRange`",
  },
  "disruption budgets": {
    docker: "none: one machine",
    kubernetes: "`PodDisruptionBudget` where there may be two: one at a time",
  },
  spread: {
    docker: "none: one machine",
    kubernetes: "`topologySpreadConstraints` over zones, `podAntiAffinity` over nodes, both soft",
  },
  logs: {
    docker: "`json-file`, three files of 10 MB each",
    kubernetes: "the nodes' own rotation",
  },
  "what runs once": {
    docker: refusedService("docker", { kind: "job" }),
    kubernetes: refusedService("kubernetes", { kind: "job" }),
  },
  "budget check": both("the limits of all workloads and replicas, without an autoscaler's extra"),
  plan: both("`plan` shows every resource, file and connection, with neither engine nor cluster"),
  render: {
    docker:
      "refused: there are no manifests; `--platform kubernetes` renders the stack all the same",
    kubernetes: "plain YAML and `kustomization.yaml`; `SECRETS.md` tells which Secrets to make",
  },
  up: {
    docker: "waits until containers are healthy, 3 minutes",
    kubernetes: "waits until pods are ready, 5 minutes",
  },
  down: {
    docker: "containers and networks go; data volumes and passwords stay",
    kubernetes: "workloads go; namespaces that hold claims stay, and the claims in them",
  },
  "down --delete-data": {
    docker: "data volumes go after a confirmation",
    kubernetes: "claims go after a confirmation",
  },
};
