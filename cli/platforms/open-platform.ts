import type { Stack } from "../../model/stack";
import type { PlatformAccess } from "./platform-access";

/**
 * The platform that a stack is declared for. Loads its client alone: nobody waits for packages of a
 * platform that is not in use.
 * @param stateFolder where what was found out of a platform may be remembered.
 */
export async function openPlatform(stack: Stack, stateFolder: string): Promise<PlatformAccess> {
  switch (stack.settings.platform) {
    case "docker": {
      const { dockerAccess } = await import("../docker/docker-access.js");
      return dockerAccess(stack);
    }
    case "kubernetes": {
      const { kubernetesAccess } = await import("../kubernetes/kubernetes-access.js");
      return kubernetesAccess(stack, stateFolder);
    }
  }
}
