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
      if (ENGINE_SOCKET.test(mount.host)) {
        report(
          `${container.title} mounts the engine's socket ${mount.host}: it is root on the host.`,
        );
      } else if (!isKnown(mount, resource, context)) {
        report(`${container.title} mounts ${describe(mount)} of the host.`);
      }
    }
  },
);

/** node-exporter alone reads the host's disks, as it was declared and without writing to them. */
function isKnown(
  { host, path, readOnly }: HostMount,
  resource: PolicyResource,
  { stack }: PolicyContext,
): boolean {
  if (workloadNameOf(resource) !== NODE_EXPORTER || !readOnly) return false;
  const { hostDirectories } = nodeExporterWorkload(stack.settings.nodeExporter);
  return hostDirectories.some((declared) => declared.host === host && declared.path === path);
}

const describe = ({ host, readOnly }: ContainerView["hostMounts"][number]): string =>
  `${host}${readOnly ? "" : " (writable)"}`;
