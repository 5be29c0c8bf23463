import { quantityInMiB, quantityInMillis } from "../../model/units/quantity";
import type { StackController } from "./stack-objects";

/** Amounts of memory and CPU. */
export interface Amounts {
  readonly memoryMiB: number;
  readonly cpuMillis: number;
}

/** What one pod of a workload takes, and how many there are. */
export interface PodDemand {
  readonly workload: string;
  readonly namespace: string;
  readonly pods: number;
  readonly requests: Amounts;
  readonly limits: Amounts;
  /** Storage of one pod's claims. */
  readonly storageMiB: number;
  readonly claims: number;
}

/**
 * What a stack's pods ask for.
 * @param nodes how many nodes there are, each of which runs one pod of a DaemonSet.
 */
export function podDemands(controllers: readonly StackController[], nodes: number): PodDemand[] {
  return controllers.map(({ kind, metadata, spec }) => {
    const resources = spec.template.spec.containers.map((container) => container.resources);
    const claims = spec.volumeClaimTemplates.map((claim) => claim.spec.resources.requests.storage);
    return {
      workload: metadata.name,
      namespace: metadata.namespace,
      pods: kind === "DaemonSet" ? nodes : (spec.replicas ?? 1),
      requests: sumAmounts(resources.map(({ requests }) => requests)),
      limits: sumAmounts(resources.map(({ limits }) => limits)),
      storageMiB: sum(claims.map(quantityInMiB)),
      claims: claims.length,
    };
  });
}

/** The sum of amounts as Kubernetes writes them; what is absent counts nothing. */
export function sumAmounts(
  written: readonly { readonly memory?: string | undefined; readonly cpu?: string | undefined }[],
): Amounts {
  return {
    memoryMiB: sum(written.map(({ memory }) => quantityInMiB(memory ?? "0"))),
    cpuMillis: sum(written.map(({ cpu }) => quantityInMillis(cpu ?? "0"))),
  };
}

/** The sum of numbers. */
export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
