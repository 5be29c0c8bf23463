import { namespacesMustDenyConnections } from "../../../policies/rules/namespaces-must-deny-connections";
import { checkPolicy } from "../../support/policy-cases";
import { object } from "../../support/policy-resources";

const namespace = (name: string) => object("core/v1:Namespace", name, { metadata: { name } });
const BOTH = ["Ingress", "Egress"];
const policy = (spec: object, within = "services") =>
  object("networking.k8s.io/v1:NetworkPolicy", "policy", { metadata: { namespace: within }, spec });
const closed = { podSelector: {}, policyTypes: BOTH };
const MESSAGE = "Namespace 'services' lets pods connect that no policy speaks of.";

checkPolicy(namespacesMustDenyConnections, {
  passes: [
    {
      title: "a policy that closes each, beside others that open",
      resources: [
        namespace("services"),
        namespace("stores"),
        policy(closed),
        policy({ podSelector: { matchLabels: { app: "api" } }, policyTypes: BOTH, egress: [{}] }),
        policy({ ...closed, ingress: [], egress: [] }, "stores"),
      ],
    },
    { title: "no namespace, as on Docker", resources: [] },
  ],
  fails: [
    {
      title: "one that closes another namespace",
      resources: [namespace("services"), policy(closed, "stores")],
      messages: [MESSAGE],
    },
    {
      title: "one that closes some pods",
      resources: [
        namespace("services"),
        policy({ ...closed, podSelector: { matchLabels: { app: "api" } } }),
        policy({
          ...closed,
          podSelector: { matchExpressions: [{ key: "app", operator: "Exists" }] },
        }),
      ],
      messages: [MESSAGE],
    },
    {
      title: "one that closes one way",
      resources: [
        namespace("services"),
        policy({ ...closed, policyTypes: ["Ingress"] }),
        policy({ ...closed, policyTypes: ["Egress"] }),
      ],
      messages: [MESSAGE],
    },
    {
      title: "one that opens something to all",
      resources: [
        namespace("services"),
        policy({ ...closed, egress: [{ ports: [{ port: 53 }] }] }),
        policy({ ...closed, ingress: [{}] }),
      ],
      messages: [MESSAGE],
    },
  ],
  absent: [
    { title: "no policy", resources: [namespace("services")], messages: [MESSAGE] },
    {
      title: "no policyTypes: ingress alone",
      resources: [namespace("services"), policy({ podSelector: {} })],
      messages: [MESSAGE],
    },
  ],
});
