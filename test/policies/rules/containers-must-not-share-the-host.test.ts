import { containersMustNotShareTheHost } from "../../../policies/rules/containers-must-not-share-the-host";
import { checkPolicy } from "../../support/policy-cases";
import { controller, dockerContainer, dockerFiller } from "../../support/policy-resources";

const docker = (namespace: string) =>
  `Container 'api-container' shares the host's ${namespace} namespace.`;
const pod = (namespace: string) =>
  `Container 'api' of DaemonSet 'api-daemonset' shares the host's ${namespace} namespace.`;

checkPolicy(containersMustNotShareTheHost, {
  passes: [
    {
      title: "namespaces of its own, or none",
      resources: [
        dockerContainer({ ipcMode: "private" }),
        dockerFiller(),
        controller("DaemonSet", { pod: { hostNetwork: false, hostPID: false } }),
      ],
    },
  ],
  fails: [
    {
      title: "each namespace on Docker",
      resources: [
        dockerContainer({
          networkMode: "host",
          pidMode: "host",
          ipcMode: "host",
          usernsMode: "host",
        }),
      ],
      messages: [docker("network"), docker("pid"), docker("ipc"), docker("user")],
    },
    {
      title: "each namespace of a node",
      resources: [
        controller("DaemonSet", { pod: { hostNetwork: true, hostPID: true, hostIPC: true } }),
      ],
      messages: [pod("network"), pod("pid"), pod("ipc")],
    },
  ],
  absent: [
    {
      title: "nothing said: both platforms give it its own",
      resources: [dockerContainer({ networkMode: undefined }), controller("DaemonSet")],
    },
  ],
});
