import { containersMustNotMountTheHost } from "../../../policies/rules/containers-must-not-mount-the-host";
import { declareStack, serviceSettings } from "../../support/declared-stack";
import { checkPolicy } from "../../support/policy-cases";
import { controller, dockerContainer } from "../../support/policy-resources";

const bind = (hostPath: string, containerPath: string, readOnly: boolean) => ({
  volumes: [{ hostPath, containerPath, readOnly }],
});
const node = (path: string, readOnly: boolean) => ({
  pod: { volumes: [{ name: "host", hostPath: { path } }] },
  container: { volumeMounts: [{ name: "host", mountPath: "/host", readOnly }] },
});

const SOCKET = "/var/run/docker.sock";
const socketMount = {
  volumes: undefined,
  mounts: [{ type: "bind", source: SOCKET, target: SOCKET, readOnly: true }],
};
const watched = declareStack({
  services: { api: serviceSettings() },
  exporters: { containers: { enabled: true, socketGroup: 998 } },
});

checkPolicy(containersMustNotMountTheHost, {
  passes: [
    {
      title: "the collector that was switched on asks the engine, at the socket that was declared",
      stack: watched,
      resources: [dockerContainer(socketMount, "docker-stats-collector")],
    },
    { title: "volumes alone", resources: [dockerContainer(), controller("StatefulSet")] },
    {
      title: "node-exporter reads the host's root, as it was declared",
      resources: [
        dockerContainer(bind("/", "/host", true), "node-exporter"),
        controller("DaemonSet", node("/", true), "node-exporter"),
      ],
    },
    {
      title: "a directory of the host that no container mounts",
      resources: [
        controller("DaemonSet", { pod: { volumes: [{ name: "host", hostPath: { path: "/" } }] } }),
      ],
    },
  ],
  fails: [
    {
      title: "a directory, by whatever way",
      resources: [
        dockerContainer(bind("/srv", "/srv", true)),
        dockerContainer({
          mounts: [{ type: "bind", source: "/etc", target: "/etc", readOnly: true }],
        }),
        controller("DaemonSet", node("/var/log", false)),
      ],
      messages: [
        "Container 'api-container' mounts /srv of the host.",
        "Container 'api-container' mounts /etc of the host.",
        "Container 'api' of DaemonSet 'api-daemonset' mounts /var/log (writable) of the host.",
      ],
    },
    {
      title: "the engine's socket, node-exporter too",
      resources: [
        dockerContainer(bind("/var/run/docker.sock", "/var/run/docker.sock", true)),
        dockerContainer(bind("/run/containerd/containerd.sock", "/c.sock", true), "node-exporter"),
      ],
      messages: [
        "Container 'api-container' mounts the engine's socket /var/run/docker.sock: it is root on the host.",
        "Container 'node-exporter-container' mounts the engine's socket /run/containerd/containerd.sock: it is root on the host.",
      ],
    },
    {
      title: "the socket for another, or for a collector that nobody switched on",
      resources: [
        dockerContainer(socketMount, "api"),
        dockerContainer(socketMount, "docker-stats-collector"),
      ],
      messages: [
        `Container 'api-container' mounts the engine's socket ${SOCKET}: it is root on the host.`,
        `Container 'docker-stats-collector-container' mounts the engine's socket ${SOCKET}: it is root on the host.`,
      ],
    },
    {
      title: "a device",
      resources: [dockerContainer({ devices: [{ hostPath: "/dev/kmsg" }] })],
      messages: ["Container 'api-container' mounts /dev/kmsg (writable) of the host."],
    },
    {
      title: "the host's root for another workload, elsewhere, or to write to",
      resources: [
        dockerContainer(bind("/", "/host", true)),
        dockerContainer(bind("/", "/", true), "node-exporter"),
        dockerContainer(bind("/", "/host", false), "node-exporter"),
      ],
      messages: [
        "Container 'api-container' mounts / of the host.",
        "Container 'node-exporter-container' mounts / of the host.",
        "Container 'node-exporter-container' mounts / (writable) of the host.",
      ],
    },
  ],
  absent: [
    {
      title: "no volumes at all",
      resources: [
        dockerContainer({ volumes: undefined }),
        controller("Deployment", { pod: { volumes: undefined } }),
      ],
    },
    {
      title: "readOnly not said: it is writable",
      resources: [
        dockerContainer({ volumes: [{ hostPath: "/", containerPath: "/host" }] }, "node-exporter"),
      ],
      messages: ["Container 'node-exporter-container' mounts / (writable) of the host."],
    },
  ],
});
