import { namespacesMustRestrictPods } from "../../../policies/rules/namespaces-must-restrict-pods";
import { checkPolicy } from "../../support/policy-cases";
import { object } from "../../support/policy-resources";

const namespace = (level?: string, name = "whalewatch-try-services") =>
  object("core/v1:Namespace", "services", {
    metadata: {
      name,
      labels: level === undefined ? {} : { "pod-security.kubernetes.io/enforce": level },
    },
  });

checkPolicy(namespacesMustRestrictPods, {
  passes: [
    { title: "restricted", resources: [namespace("restricted")] },
    {
      title: "the one namespace for what reads the node",
      resources: [namespace("privileged", "whalewatch-try-host")],
    },
  ],
  fails: [
    {
      title: "baseline or privileged",
      resources: [namespace("baseline"), namespace("privileged")],
      messages: [
        "Namespace 'services' enforces the level baseline.",
        "Namespace 'services' enforces the level privileged.",
      ],
    },
    {
      title: "a namespace for the node of another stack",
      resources: [namespace("privileged", "whalewatch-other-host")],
      messages: ["Namespace 'services' enforces the level privileged."],
    },
  ],
  absent: [
    {
      title: "no label",
      resources: [namespace(), object("core/v1:Namespace", "bare", {})],
      messages: [
        "Namespace 'services' enforces no Pod Security level.",
        "Namespace 'bare' enforces no Pod Security level.",
      ],
    },
  ],
});
