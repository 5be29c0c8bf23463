import { namespaceName, tierOf } from "../../components/platform/kubernetes/naming";
import type { Stack } from "../../model/stack";
import { tiersOf } from "../../model/tiers";

/** A Secret that the stack file names and somebody else has to make. */
export interface NamedSecret {
  readonly namespace: string;
  readonly name: string;
  /** What does not work without it. */
  readonly use: string;
  /** The type that `kubectl create secret` takes. */
  readonly type: "docker-registry" | "tls";
}

/** Logins for registries in every namespace with pods, certificates where something has a host. */
export function namedSecrets(stack: Stack): NamedSecret[] {
  const { imagePullSecrets, route } = stack.settings.kubernetes;
  const logins = tiersOf(stack.workloads).flatMap((tier) =>
    imagePullSecrets.map((name): NamedSecret => ({
      namespace: namespaceName(stack, tier),
      name,
      use: "images that need its login are not pulled",
      type: "docker-registry",
    })),
  );
  // What an issuer makes comes by itself.
  const byHand = route?.kind === "ingress" ? route.tlsSecret : undefined;
  if (byHand === undefined) return logins;
  const withHost = stack.workloads.filter(({ host }) => host !== undefined);
  const certificates = [...new Set(withHost.map(tierOf))].map((tier): NamedSecret => ({
    namespace: namespaceName(stack, tier),
    name: byHand,
    use: "the route has no certificate of yours",
    type: "tls",
  }));
  return [...logins, ...certificates];
}
