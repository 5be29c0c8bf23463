import { containersMustNotRunAsRoot } from "../../../policies/rules/containers-must-not-run-as-root";
import { checkPolicy } from "../../support/policy-cases";
import { controller, dockerContainer, dockerFiller } from "../../support/policy-resources";

const DOCKER = "Container 'api-container' runs as root, or names no user.";
const POD = "Container 'api' of Deployment 'api-deployment' runs as root, or names no user.";

checkPolicy(containersMustNotRunAsRoot, {
  passes: [
    {
      title: "a numeric user, with the group 0 too",
      resources: [dockerContainer({ user: "472:0" }), dockerFiller(), controller("Deployment")],
    },
    {
      title: "a user of the container's own, and a pod that refuses root",
      resources: [
        controller("Deployment", {
          pod: { securityContext: undefined },
          security: { runAsUser: 7 },
        }),
        controller("Deployment", { pod: { securityContext: { runAsNonRoot: true } } }),
      ],
    },
  ],
  fails: [
    {
      title: "root by number or name",
      resources: ["0", "0:0", "root", "root:root"].map((user) => dockerContainer({ user })),
      messages: [DOCKER, DOCKER, DOCKER, DOCKER],
    },
    {
      title: "the user 0 of the pod, or of the container alone",
      resources: [
        controller("Deployment", { pod: { securityContext: { runAsUser: 0 } } }),
        controller("Deployment", { security: { runAsUser: 0 } }),
      ],
      messages: [POD, POD],
    },
    {
      title: "a container that takes back what the pod refuses",
      resources: [
        controller("Deployment", {
          pod: { securityContext: { runAsNonRoot: true } },
          security: { runAsNonRoot: false },
        }),
      ],
      messages: [POD],
    },
  ],
  absent: [
    {
      title: "no user: the image's, which is mostly root",
      resources: [
        dockerContainer({ user: undefined }),
        controller("Deployment", { pod: { securityContext: undefined } }),
      ],
      messages: [DOCKER, POD],
    },
  ],
});
