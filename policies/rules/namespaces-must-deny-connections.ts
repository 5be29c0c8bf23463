import { attempt, fieldsOf, type PolicyResource, type StackPolicy, titleOf } from "../policy";

const NAMESPACE = "kubernetes:core/v1:Namespace";
const POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

/** A pod that no other policy speaks of has no connections at all. */
export const namespacesMustDenyConnections: StackPolicy = {
  name: "namespaces-must-deny-connections",
  description: "Every namespace has a NetworkPolicy that denies all its pods every connection.",
  remedy:
    "Add a NetworkPolicy with an empty podSelector, both policyTypes and no rules; others open what is declared.",
  level: "mandatory",
  scope: "stack",
  check: (resources, _, report) => {
    const closed = new Set<string>();
    for (const policy of resources.filter(({ type }) => type === POLICY)) {
      attempt(
        (finding) => {
          report(finding, policy);
        },
        () => {
          const namespace = fieldsOf(policy).at("metadata", "namespace").text;
          if (namespace !== undefined && deniesAll(policy)) closed.add(namespace);
        },
      );
    }
    for (const namespace of resources.filter(({ type }) => type === NAMESPACE)) {
      const name = fieldsOf(namespace).at("metadata", "name").text;
      if (name !== undefined && closed.has(name)) continue;
      report(`${titleOf(namespace)} lets pods connect that no policy speaks of.`, namespace);
    }
  },
};

function deniesAll(policy: PolicyResource): boolean {
  const spec = fieldsOf(policy).at("spec");
  const selects = ["matchLabels", "matchExpressions"].some((part) => {
    const selector = spec.at("podSelector", part);
    return selector.members.length > 0 || selector.list.length > 0;
  });
  const types = spec.at("policyTypes").texts;
  const opens = ["ingress", "egress"].some((way) => spec.at(way).list.length > 0);
  return !selects && !opens && types.includes("Ingress") && types.includes("Egress");
}
