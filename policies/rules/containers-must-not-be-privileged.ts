import { containerPolicy } from "../containers/container-policy";

/** What the restricted Pod Security level lets a container add (kubernetes.io, Pod Security Standards). */
const ALLOWED_CAPABILITIES = ["NET_BIND_SERVICE"];

/** No more rights than an ordinary program needs, and no way to gain any. */
export const containersMustNotBePrivileged = containerPolicy(
  {
    name: "containers-must-not-be-privileged",
    description:
      "No container is privileged, may gain privileges, keeps capabilities or runs unconfined.",
    remedy: "Drop what it may do beyond an ordinary program, or run that program elsewhere.",
    level: "mandatory",
  },
  (container, report) => {
    const { title } = container;
    if (container.privileged) report(`${title} is privileged.`);
    if (container.escalates) report(`${title} may gain privileges (no-new-privileges is not set).`);
    if (!container.dropsAllCapabilities) report(`${title} does not drop ALL capabilities.`);
    for (const capability of container.addedCapabilities) {
      if (!ALLOWED_CAPABILITIES.includes(capability)) {
        report(
          `${title} adds the capability ${capability}; allowed: ${ALLOWED_CAPABILITIES.join(", ")}.`,
        );
      }
    }
    for (const profile of container.unconfined) report(`${title} runs unconfined (${profile}).`);
  },
);
