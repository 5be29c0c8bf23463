import { interruptible } from "../../interruptible";
import { UserError } from "../../user-error";
import type { ClusterApi } from "../api/cluster-api";
import type { StackController } from "../stack-objects";
import { type NetworkVerdict, probeNetwork } from "./network-probe";
import type { RememberedVerdicts } from "./remembered-verdicts";

/** Workloads whose images bring a shell and netcat (they are made from busybox), small ones first. */
const WITH_SHELL = [
  "blackbox-exporter",
  "redis-exporter",
  "postgres-exporter",
  "node-exporter",
  "alertmanager",
  "prometheus",
];

/** What a probe needs beside the cluster. */
export interface NetworkWarningArgs {
  readonly api: ClusterApi;
  readonly controllers: readonly StackController[];
  readonly verdicts: RememberedVerdicts;
  /** Replaced in tests. */
  readonly probe?: typeof probeNetwork;
}

/**
 * Warns where network policies do not hold, or where nobody knows. Ctrl-C during the probe removes
 * what it made before the command ends.
 * @throws UserError when it was interrupted.
 */
export async function networkWarnings(args: NetworkWarningArgs): Promise<string[]> {
  const { api, controllers, verdicts, probe = probeNetwork } = args;
  const known = verdicts.find(api.server);
  if (known !== undefined) return describe({ kind: known }, api);
  const image = WITH_SHELL.flatMap(
    (name) =>
      controllers.find(({ metadata }) => metadata.name === name)?.spec.template.spec.containers ??
      [],
  )[0]?.image;
  if (image === undefined) {
    return describe(
      { kind: "unknown", reason: "no image of this stack has the means to try it out" },
      api,
    );
  }
  const verdict = await interruptible(async (interrupted) => {
    const found = await probe(api, image, interrupted);
    if (interrupted.aborted) throw new UserError("Interrupted; nothing was changed.");
    return found;
  });
  if (verdict.kind !== "unknown") verdicts.remember(api.server, verdict.kind);
  return describe(verdict, api);
}

function describe(verdict: NetworkVerdict, { context }: ClusterApi): string[] {
  switch (verdict.kind) {
    case "enforced":
      return [];
    case "open":
      return [
        `The cluster of the context ${context} accepts network policies and does not enforce them: every pod in it reaches every database of this stack, and the databases reach the internet. Passwords are all that protects them. Install a network plugin that enforces policies (Calico, Cilium, kube-router), or use a cluster that has one.`,
      ];
    case "unknown":
      return [
        `Whether the cluster of the context ${context} enforces network policies could not be found out: ${verdict.reason}. Where it does not, every pod in it reaches every database of this stack.`,
      ];
  }
}
