import type { Settings } from "../settings/schema";
import type { Workload } from "../workload";
import { programBasics } from "./defaults";

/** The name under which peers reach Alertmanager. */
export const ALERTMANAGER = "alertmanager";
/** The port Alertmanager listens on. */
export const ALERTMANAGER_PORT = 9093;
/** Where its configuration is provisioned. */
export const ALERTMANAGER_CONFIG_DIRECTORY = "/etc/alertmanager";

/** One Alertmanager; it may reach the internet, because that is where its receivers are. */
export function alertmanagerWorkload(settings: Settings["alertmanager"]): Workload {
  return {
    ...programBasics(settings),
    name: ALERTMANAGER,
    role: "monitor",
    internet: true,
    command: [
      `--config.file=${ALERTMANAGER_CONFIG_DIRECTORY}/alertmanager.yml`,
      "--storage.path=/alertmanager",
      // Alone: no gossip port.
      "--cluster.listen-address=",
    ],
    ports: [
      { container: ALERTMANAGER_PORT, ...(settings.publish && { publish: settings.publish }) },
    ],
    health: { kind: "http", port: ALERTMANAGER_PORT, path: "/-/ready" },
    volumes: [{ name: "data", path: "/alertmanager", storage: settings.storage }],
  };
}
