/** Every policy by name; each is a file in policies/rules. */
export const POLICY_NAMES = [
  "containers-must-have-limits",
  "containers-must-not-be-privileged",
  "containers-must-not-run-as-root",
  "containers-must-not-share-the-host",
  "containers-must-not-mount-the-host",
  "containers-must-have-a-read-only-root",
  "images-must-be-pinned",
  "images-must-come-from-allowed-registries",
  "ports-must-stay-on-loopback",
  "secrets-must-not-be-shown",
  "stores-must-have-a-volume",
  "stores-must-have-time-to-stop",
  "data-must-be-protected",
  "memory-must-fit-the-host",
  "metrics-must-fit-their-volume",
  "namespaces-must-deny-connections",
  "namespaces-must-restrict-pods",
  "config-maps-must-fit",
  "alerts-must-be-routed",
  "production-must-have-replicas",
  "production-must-pin-digests",
  "production-must-tell-somebody",
  "production-links-must-open",
] as const;

/** The name of a policy. */
export type PolicyName = (typeof POLICY_NAMES)[number];

/** mandatory: a violation stops a plan, a preview and an update. advisory: it is told and nothing more. */
export type PolicyLevel = "mandatory" | "advisory";
