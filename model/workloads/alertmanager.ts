import { alertWays } from "../alert-ways";
import type { Settings } from "../settings/schema";
import type { Port, Workload } from "../workload";
import { programBasics } from "./defaults";

/** The name under which peers reach Alertmanager. */
export const ALERTMANAGER = "alertmanager";
/** The port Alertmanager listens on. */
export const ALERTMANAGER_PORT = 9093;
/** Where its configuration is provisioned. */
export const ALERTMANAGER_CONFIG_DIRECTORY = "/etc/alertmanager";

/** The port on which several Alertmanagers agree who notifies, over TCP and UDP. */
export const ALERTMANAGER_GOSSIP_PORT = 9094;

/** Alertmanager; it reaches its receivers and nothing else. */
export function alertmanagerWorkload(stack: Settings): Workload {
  const settings = stack.alertmanager;
  const { internet, outside, connects } = alertWays(stack);
  return {
    ...programBasics(settings),
    name: ALERTMANAGER,
    role: "monitor",
    internet,
    ...(outside.length > 0 && { outside }),
    connects,
    command: [
      `--config.file=${ALERTMANAGER_CONFIG_DIRECTORY}/alertmanager.yml`,
      "--storage.path=/alertmanager",
      // Says in its metrics which receiver fails, not only by which kind of channel.
      "--enable-feature=receiver-name-in-metrics",
      ...(settings.replicas > 1 ? GOSSIP_FLAGS : ALONE_FLAGS),
    ],
    replicas: settings.replicas,
    ports: [
      { container: ALERTMANAGER_PORT, ...(settings.publish && { publish: settings.publish }) },
      ...(settings.replicas > 1 ? GOSSIP_PORTS : []),
    ],
    health: { kind: "http", port: ALERTMANAGER_PORT, path: "/-/ready" },
    volumes: [{ name: "data", path: "/alertmanager", storage: settings.storage }],
  };
}

/** No gossip port. */
const ALONE_FLAGS = ["--cluster.listen-address="];
/** The name leads to every replica, the own one too, which knows itself and leaves itself out. */
const GOSSIP_FLAGS = [
  `--cluster.listen-address=0.0.0.0:${ALERTMANAGER_GOSSIP_PORT}`,
  `--cluster.peer=${ALERTMANAGER}:${ALERTMANAGER_GOSSIP_PORT}`,
];
const GOSSIP_PORTS: readonly Port[] = (["tcp", "udp"] as const).map((protocol) => ({
  container: ALERTMANAGER_GOSSIP_PORT,
  protocol,
  amongReplicas: true,
}));
