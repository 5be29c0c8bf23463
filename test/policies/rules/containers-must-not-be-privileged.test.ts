import { containersMustNotBePrivileged } from "../../../policies/rules/containers-must-not-be-privileged";
import { checkPolicy } from "../../support/policy-cases";
import { controller, dockerContainer, dockerFiller } from "../../support/policy-resources";

const DOCKER = "Container 'api-container'";
const POD = "Container 'api' of Deployment 'api-deployment'";

checkPolicy(containersMustNotBePrivileged, {
  passes: [
    {
      title: "an ordinary container",
      resources: [dockerContainer(), dockerFiller(), controller("Deployment")],
    },
    {
      title: "the one capability that the restricted level allows",
      resources: [
        dockerContainer({ capabilities: { drops: ["ALL"], adds: ["CAP_NET_BIND_SERVICE"] } }),
        controller("Deployment", {
          security: { capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] } },
        }),
      ],
    },
  ],
  fails: [
    {
      title: "privileged",
      resources: [
        dockerContainer({ privileged: true }),
        controller("Deployment", { security: { privileged: true } }),
      ],
      messages: [`${DOCKER} is privileged.`, `${POD} is privileged.`],
    },
    {
      title: "may gain privileges",
      resources: [
        dockerContainer({ securityOpts: ["no-new-privileges:false"] }),
        controller("Deployment", { security: { allowPrivilegeEscalation: true } }),
      ],
      messages: [
        `${DOCKER} may gain privileges (no-new-privileges is not set).`,
        `${POD} may gain privileges (no-new-privileges is not set).`,
      ],
    },
    {
      title: "drops some capabilities",
      resources: [
        dockerContainer({ capabilities: { drops: ["CAP_NET_RAW"] } }),
        controller("Deployment", { security: { capabilities: { drop: ["NET_RAW"] } } }),
      ],
      messages: [
        `${DOCKER} does not drop ALL capabilities.`,
        `${POD} does not drop ALL capabilities.`,
      ],
    },
    {
      title: "adds capabilities",
      resources: [
        dockerContainer({
          capabilities: { drops: ["ALL"], adds: ["CAP_SYS_ADMIN", "NET_BIND_SERVICE"] },
        }),
        controller("Deployment", {
          security: { capabilities: { drop: ["ALL"], add: ["NET_RAW"] } },
        }),
      ],
      messages: [
        `${DOCKER} adds the capability SYS_ADMIN; allowed: NET_BIND_SERVICE.`,
        `${POD} adds the capability NET_RAW; allowed: NET_BIND_SERVICE.`,
      ],
    },
    {
      title: "unconfined",
      resources: [
        dockerContainer({
          securityOpts: ["no-new-privileges", "seccomp=unconfined", "label:disable"],
        }),
        controller("Deployment", { security: { seccompProfile: { type: "Unconfined" } } }),
        controller("Deployment", {
          pod: { securityContext: { appArmorProfile: { type: "Unconfined" } } },
        }),
      ],
      messages: [
        `${DOCKER} runs unconfined (seccomp=unconfined).`,
        `${DOCKER} runs unconfined (label:disable).`,
        `${POD} runs unconfined (seccompProfile).`,
        `${POD} runs unconfined (appArmorProfile).`,
      ],
    },
  ],
  absent: [
    {
      title: "no security options on Docker",
      resources: [dockerContainer({ capabilities: undefined, securityOpts: undefined })],
      messages: [
        `${DOCKER} may gain privileges (no-new-privileges is not set).`,
        `${DOCKER} does not drop ALL capabilities.`,
      ],
    },
    {
      title: "no security context in a pod",
      resources: [controller("Deployment", { container: { securityContext: undefined } })],
      messages: [
        `${POD} may gain privileges (no-new-privileges is not set).`,
        `${POD} does not drop ALL capabilities.`,
      ],
    },
  ],
});
