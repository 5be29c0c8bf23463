import { containerPolicy } from "../containers/container-policy";

/** Who breaks out of a container is then nobody in particular on the host. */
export const containersMustNotRunAsRoot = containerPolicy(
  {
    name: "containers-must-not-run-as-root",
    description: "No container runs as root, and each says as whom it runs.",
    remedy: "Set user to a numeric uid:gid that is not 0, such as 1000:1000.",
    level: "mandatory",
  },
  (container, report) => {
    if (container.runsAsRoot) report(`${container.title} runs as root, or names no user.`);
  },
);
