import { IMAGES } from "../images";
import { directoryField, switchField, wholeNumberField } from "./fields";
import { programFields, section } from "./program-fields";

/** node-exporter. */
export const nodeExporterSchema = section(
  programFields(IMAGES.nodeExporter, "64Mi", "0.1", "65534:65534"),
  "node-exporter: the host's CPU, memory and disks, read-only.",
);

const collector = programFields(IMAGES.dockerStatsCollector, "192Mi", "0.1", "10001:10001");
/** What reads container metrics from the Docker engine; its user's group is the socket's. */
const containersSchema = section(
  {
    enabled: switchField.default(false).meta({
      description:
        "Whether a collector asks the Docker engine for the memory, CPU, network and restarts of each container. It holds the engine's socket, and whoever takes over what holds that socket holds the host: read-only keeps nobody from starting a privileged container through it.",
    }),
    image: collector.image,
    limits: collector.limits,
    socket: directoryField.default("/var/run/docker.sock").meta({
      description: "Path of the engine's socket on the engine's host.",
    }),
    socketGroup: wholeNumberField(0, 999_999_999).optional().meta({
      description:
        "Number of the group that may open the socket, as a container sees it; it differs by host. docs/container-metrics.md has the command that shows it.",
    }),
  },
  "Container metrics from the Docker engine; only on Docker, where a cluster's kubelets give them.",
);

/** The exporters beside the stores, and the blackbox prober. */
export const exportersSchema = section(
  {
    postgres: section(
      programFields(IMAGES.postgresExporter, "64Mi", "0.1", "65534:65534"),
      "Postgres' metrics; present with postgres.",
    ),
    redis: section(
      programFields(IMAGES.redisExporter, "32Mi", "0.1", "59000:59000"),
      "Redis' metrics; present with redis.",
    ),
    blackbox: section(
      programFields(IMAGES.blackboxExporter, "64Mi", "0.1", "65534:65534"),
      "Asks every health path from outside the service, and what `probes` names outside the stack.",
    ),
    containers: containersSchema,
    kubeStateMetrics: section(
      programFields(IMAGES.kubeStateMetrics, "64Mi", "0.1", "65534:65534"),
      "What the cluster knows of the stack's pods, volumes and quotas; present on Kubernetes.",
    ),
    kubelet: section(
      {
        enabled: switchField.default(true).meta({
          description:
            "Whether Prometheus asks each node's kubelet for the memory, CPU and volumes of the stack's containers, for which it may list nodes and read their metrics (a ClusterRole); present on Kubernetes.",
        }),
        verifyCertificate: switchField.default(false).meta({
          description:
            "Whether a kubelet must show a certificate of the cluster's authority. Most clusters leave kubelets with one of their own making, which nobody can check; where yours are signed, true keeps a stranger on the node network from taking Prometheus' token.",
        }),
      },
      "Metrics of the kubelets on Kubernetes; no program of its own.",
    ),
  },
  "Exporters: derived from what is declared; each can be switched off.",
);
