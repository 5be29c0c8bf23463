import { containerPolicy } from "../containers/container-policy";

/** In the host's namespaces a container sees, and reaches, what is none of its business. */
export const containersMustNotShareTheHost = containerPolicy(
  {
    name: "containers-must-not-share-the-host",
    description: "No container lives in the host's network, process, IPC or user namespace.",
    remedy: "Let it have namespaces of its own, and publish the port that it needs.",
    level: "mandatory",
  },
  (container, report) => {
    for (const namespace of container.hostNamespaces) {
      report(`${container.title} shares the host's ${namespace} namespace.`);
    }
  },
);
