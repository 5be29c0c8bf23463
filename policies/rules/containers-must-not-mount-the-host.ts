import { DOCKER_STATS_COLLECTOR, engineWatch } from "../../model/workloads/docker-stats-collector";
import { NODE_EXPORTER, nodeExporterWorkload } from "../../model/workloads/node-exporter";
import { containerPolicy } from "../containers/container-policy";
import type { ContainerView, HostMount } from "../containers/container-view";
import type { PolicyContext, PolicyResource } from "../policy";
import { workloadNameOf } from "../workload-of";

/** Who can talk to the engine behind one of these is root on the host. */
const ENGINE_SOCKET = /(?:^|\/)(?:docker|containerd|podman|crio|buildkitd)\.sock$/;

/** The host's files are not a container's to see, its engine's socket least of all. */
export const containersMustNotMountTheHost = containerPolicy(
  {
    name: "containers-must-not-mount-the-host",
    description: "No container mounts a directory, a device or the engine's socket of the host.",
    remedy: "Keep data in volumes and files in mounts; what needs the engine runs outside of it.",
    level: "mandatory",
  },
  (container, report, resource, context) => {
    for (const mount of container.hostMounts) {
      if (isKnown(mount, resource, context)) continue;
      report(
        ENGINE_SOCKET.test(mount.host)
          ? `${container.title} mounts the engine's socket ${mount.host}: it is root on the host.`
          : `${container.title} mounts ${describe(mount)} of the host.`,
      );
    }
  },
);

/**
 * Two programs need something of the host, each as it was declared and under no other name:
 * node-exporter reads its disks; the collector asks the engine what containers use, where the stack
 * file switches it on (exporters.containers) knowing what that gives away.
 */
function isKnown(
  { host, path, readOnly }: HostMount,
  resource: PolicyResource,
  { stack }: PolicyContext,
): boolean {
  if (!readOnly) return false;
  switch (workloadNameOf(resource) ?? "") {
    case NODE_EXPORTER:
      return nodeExporterWorkload(stack.settings.nodeExporter).hostDirectories.some(
        (declared) => declared.host === host && declared.path === path,
      );
    case DOCKER_STATS_COLLECTOR: {
      const socket = engineWatch(stack.settings)?.socket;
      return host === socket && path === socket;
    }
    default:
      return false;
  }
}

const describe = ({ host, readOnly }: ContainerView["hostMounts"][number]): string =>
  `${host}${readOnly ? "" : " (writable)"}`;
