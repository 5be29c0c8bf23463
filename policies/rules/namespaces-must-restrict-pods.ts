import { tierNamespace } from "../../model/tiers";
import { fieldsOf, type ResourcePolicy, titleOf } from "../policy";

const NAMESPACE = "kubernetes:core/v1:Namespace";
const LABEL = "pod-security.kubernetes.io/enforce";

/** The API server then refuses what these policies cannot see: pods that somebody else starts. */
export const namespacesMustRestrictPods: ResourcePolicy = {
  name: "namespaces-must-restrict-pods",
  description: "Every namespace enforces the restricted Pod Security level.",
  remedy: `Label it ${LABEL}: restricted.`,
  level: "mandatory",
  scope: "resource",
  check: (resource, { stack }, report) => {
    if (resource.type !== NAMESPACE) return;
    const metadata = fieldsOf(resource).at("metadata");
    const level = metadata.at("labels", LABEL).text;
    if (level === "restricted") return;
    // node-exporter reads the node's disks, which that level forbids; nothing else lives there.
    if (metadata.at("name").text === tierNamespace(stack, "host")) return;
    report(
      `${titleOf(resource)} enforces ${level === undefined ? "no Pod Security level" : `the level ${level}`}.`,
    );
  },
};
