import { containersMustHaveAReadOnlyRoot } from "../../../policies/rules/containers-must-have-a-read-only-root";
import { checkPolicy } from "../../support/policy-cases";
import { controller, dockerContainer, dockerFiller } from "../../support/policy-resources";

const DOCKER = "Container 'api-container' has a writable root file system.";
const POD = "Container 'api' of Deployment 'api-deployment' has a writable root file system.";

checkPolicy(containersMustHaveAReadOnlyRoot, {
  passes: [
    { title: "a read-only root", resources: [dockerContainer(), controller("Deployment")] },
    { title: "what carries files and never runs", resources: [dockerFiller()] },
  ],
  fails: [
    {
      title: "a writable root",
      resources: [
        dockerContainer({ readOnly: false }),
        controller("Deployment", { security: { readOnlyRootFilesystem: false } }),
      ],
      messages: [DOCKER, POD],
    },
    {
      title: "a container that was not started and must run",
      resources: [dockerContainer({ readOnly: false, start: false })],
      messages: [DOCKER],
    },
  ],
  absent: [
    {
      title: "nothing said: it is writable",
      resources: [
        dockerContainer({ readOnly: undefined }),
        controller("Deployment", { security: { readOnlyRootFilesystem: undefined } }),
      ],
      messages: [DOCKER, POD],
    },
  ],
});
