import { namespaceName } from "../../../components/platform/kubernetes/naming";
import type { Stack } from "../../../model/stack";
import { ABSENT, type ClusterApi, FORBIDDEN, unless } from "../../kubernetes/api/cluster-api";
import { namespacePath } from "../../kubernetes/api/kinds";
import type { StackController } from "../../kubernetes/stack-objects";

/** A Secret that the stack file names and somebody else has to make. */
interface NamedSecret {
  readonly namespace: string;
  readonly name: string;
  /** What does not work without it. */
  readonly use: string;
  /** The type that `kubectl create secret` takes. */
  readonly type: "docker-registry" | "tls";
}

/**
 * Warns of Secrets that are named and missing. No obstacle: a namespace that the first update makes
 * cannot have them before it, and an image may be there without a login.
 */
export async function missingSecrets(
  api: ClusterApi,
  stack: Stack,
  controllers: readonly StackController[],
): Promise<string[]> {
  const found = await Promise.all(
    namedSecrets(stack, controllers).map(async ({ namespace, name, use, type }) => {
      const path = `${namespacePath(namespace)}/secrets/${name}`;
      const secret = await unless([ABSENT], unless([FORBIDDEN], api.get(path), true), undefined);
      if (secret !== undefined) return [];
      const create = `kubectl --context ${api.context} create secret ${type} ${name} --namespace ${namespace} …`;
      return [
        `Namespace ${namespace} has no Secret ${name}: ${use}. Once the namespace is there, make it and run up again: ${create}`,
      ];
    }),
  );
  return found.flat();
}

function namedSecrets(stack: Stack, controllers: readonly StackController[]): NamedSecret[] {
  const { imagePullSecrets, route } = stack.settings.kubernetes;
  const withPods = [...new Set(controllers.map(({ metadata }) => metadata.namespace))];
  const logins = withPods.flatMap((namespace) =>
    imagePullSecrets.map((name): NamedSecret => ({
      namespace,
      name,
      use: "images that need its login are not pulled",
      type: "docker-registry",
    })),
  );
  if (route?.kind !== "ingress" || route.tlsSecret === undefined) return logins;
  const certificate: NamedSecret = {
    namespace: namespaceName(stack, "services"),
    name: route.tlsSecret,
    use: "the route has no certificate of yours",
    type: "tls",
  };
  return [...logins, certificate];
}
