import type { Settings } from "../settings/schema";
import type { Workload } from "../workload";
import { programBasics } from "./defaults";

/** The name under which peers reach node-exporter. */
export const NODE_EXPORTER = "node-exporter";
/** The port node-exporter listens on. */
export const NODE_EXPORTER_PORT = 9100;

/**
 * node-exporter in its own network and process namespaces. The host's root is mounted read-only
 * and without `rslave`, which Docker Desktop and WSL2 refuse (prometheus/node_exporter#2002).
 */
export function nodeExporterWorkload(settings: Settings["nodeExporter"]): Workload {
  return {
    ...programBasics(settings),
    name: NODE_EXPORTER,
    role: "exporter",
    command: [
      "--path.rootfs=/host",
      "--path.procfs=/host/proc",
      "--path.sysfs=/host/sys",
      // From inside its own network namespace these would describe the container, not the host.
      "--no-collector.netdev",
      "--no-collector.netclass",
      "--no-collector.netstat",
      "--no-collector.sockstat",
      "--no-collector.arp",
      "--collector.filesystem.mount-points-exclude=^/(dev|proc|run|sys|var/lib/(docker|containerd|kubelet)/.+)($|/)",
    ],
    ports: [{ container: NODE_EXPORTER_PORT }],
    health: { kind: "http", port: NODE_EXPORTER_PORT, path: "/" },
    hostDirectories: [{ host: "/", path: "/host" }],
  };
}
