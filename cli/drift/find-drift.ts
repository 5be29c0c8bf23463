import type { StackIdentity } from "../../model/stack-identity";
import type { PlatformAccess } from "../platforms/platform-access";
import type { PulumiCli } from "../pulumi/pulumi-cli";
import { refuseLivingUpdate } from "../pulumi/repair";
import { UserError } from "../user-error";
import { readDeclared } from "./declared-resources";
import { previewFindings } from "./preview-findings";
import { type DriftReport, driftReport } from "./report";

/** Where drift is looked for. */
export interface FindDriftArgs {
  readonly pulumi: Pick<PulumiCli, "read" | "attempt">;
  readonly platform: Pick<PlatformAccess, "drift">;
  readonly stack: StackIdentity;
  /** The state backend's URL. */
  readonly backend: string;
}

/**
 * Compares what is there with what the last update and the program declare; changes nothing.
 * @throws UserError while an update runs, for a stack that is not up, and when Pulumi cannot look.
 */
export async function findDrift(args: FindDriftArgs): Promise<DriftReport> {
  const { pulumi, platform, backend } = args;
  const { name } = args.stack;
  refuseLivingUpdate(backend, args.stack);
  const declared = readDeclared(pulumi, name);
  if (declared.length === 0) {
    throw new UserError(
      `${name} is not up: its state holds nothing to compare with. Bring it up: whalewatch up --stack ${name}`,
    );
  }
  const preview = ["preview", "--stack", name, "--refresh", "--expect-no-changes", "--json"];
  const { status, stdout, stderr } = pulumi.attempt(preview);
  const previewed = previewFindings(stdout, declared);
  // Pulumi fails for a change too, which is no failure here.
  const whole = previewed?.errors.length === 0 && (status === 0 || previewed.findings.length > 0);
  if (previewed === undefined || !whole) {
    const said = previewed?.errors ?? [];
    const reasons = said.length > 0 ? said.join("\n") : stderr.trim();
    throw new UserError(`pulumi ${preview.join(" ")} failed: ${reasons}`);
  }
  return driftReport(name, await platform.drift(declared), previewed.findings);
}
