import { provisionFiles } from "../../configs/provision";
import type { Rotatable } from "../../model/settings/rotations";
import type { Stack } from "../../model/stack";
import { GRAFANA } from "../../model/workloads/grafana";
import { checkedStack } from "../checked-stack";
import { describeObstacles } from "../checks/check";
import { confirmByName } from "../confirm";
import { unwellWorkloads } from "../platforms/unwell";
import type { PulumiCli } from "../pulumi/pulumi-cli";
import { WITH_POLICIES } from "../pulumi/with-policies";
import { applyGrafanaPassword } from "../rotate/grafana-password";
import { readersOf } from "../rotate/readers";
import { nextRotation, ROTATABLE } from "../rotate/rotation";
import { setSetting } from "../set-setting";
import { readStackFile } from "../stack-file";
import { UserError } from "../user-error";
import { openSession } from "./session";

/** Options of `whalewatch rotate`. */
export interface RotateOptions {
  readonly stack: string;
  /** Do not ask before changing anything. */
  readonly yes?: boolean;
}

/**
 * Replaces the generated passwords of a program in one update, at the price of one restart of who has
 * them. Run again after it was interrupted, it goes on where it was.
 * @throws UserError before anything was changed when the stack is not well, has other changes
 * waiting, or is being updated.
 */
export async function rotate(
  directory: string,
  what: string,
  options: RotateOptions,
): Promise<void> {
  const program = rotatable(what);
  refuseForeign(program, checkedStack(readStackFile(directory, options.stack)));
  const { stack, platform, pulumi, state } = await openSession(directory, options.stack, (place) =>
    place.checkUpdate(),
  );
  const declared = stack.settings.rotations[program];
  const { number, resumed, obsolete } = nextRotation(program, state, declared, stack.name);
  if (resumed) {
    console.log(
      `Going on with rotation ${number}, which was interrupted. Whatever else has changed in Pulumi.${stack.name}.yaml since is deployed with it.`,
    );
  } else {
    const unwell = await unwellWorkloads(stack.workloads, platform);
    if (unwell.length > 0) throw new UserError(describeObstacles(unwell));
    refuseOtherChanges(pulumi, stack.name);
  }

  const readers = readersOf(provisionFiles(stack), ROTATABLE[program]).join(", ");
  if (options.yes !== true) {
    await confirmByName(
      `This gives ${program} of ${stack.name} new passwords and restarts ${readers}.`,
      stack.name,
      "Not confirmed; nothing was changed.",
    );
  }
  const again = `npm run rotate -- ${program} --stack ${stack.name}`;
  setSetting(directory, stack, ["rotations", program], number);
  for (const urn of obsolete) {
    await pulumi.run(["state", "unprotect", urn, "--stack", stack.name, "--yes"]);
  }
  // What has changed since a rotation was interrupted would come along: Pulumi shows it, and asks.
  const unasked = !resumed || options.yes === true ? ["--yes", "--skip-preview"] : [];
  await pulumi.run(["up", "--stack", stack.name, ...WITH_POLICIES, ...unasked]).catch((error) => {
    throw error instanceof UserError
      ? new UserError(`${error.message}\nThe rotation is not complete. To go on: ${again}`)
      : error;
  });
  if (program === GRAFANA) await applyGrafanaPassword(platform, again);

  const unwell = await unwellWorkloads(stack.workloads, platform);
  if (unwell.length > 0) {
    const list = unwell.map(({ problem }) => `  ${problem}`).join("\n");
    throw new UserError(`The passwords were replaced, and not all is well:\n${list}`);
  }
  console.log(
    `Replaced the passwords of ${program}; restarted ${readers}.\nPulumi.${stack.name}.yaml counts it (rotations.${program}: ${number}): commit that.`,
  );
}

function rotatable(what: string): Rotatable {
  if (isRotatable(what)) return what;
  throw new UserError(
    `There are no generated passwords of ${what}; allowed: ${Object.keys(ROTATABLE).join(", ")}. A secret of the stack file is yours: pulumi config set --secret secrets:NAME, then up.`,
  );
}

const isRotatable = (what: string): what is Rotatable => Object.hasOwn(ROTATABLE, what);

/** Somebody else's server has somebody else's passwords. */
function refuseForeign(program: Rotatable, { name, settings, workloads }: Stack): void {
  if (workloads.some((workload) => workload.name === program)) return;
  const external = program !== GRAFANA && settings[program]?.external !== undefined;
  throw new UserError(
    external
      ? `${program} of ${name} is a server outside. Change its password there, then: pulumi config set --secret secrets:NAME, and up.`
      : `${name} has no ${program}, so there is no password to replace.`,
  );
}

/** A rotation changes passwords and nothing else. */
function refuseOtherChanges(pulumi: Pick<PulumiCli, "read">, stack: string): void {
  try {
    pulumi.read(["preview", "--expect-no-changes", "--stack", stack, ...WITH_POLICIES]);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const problem = `Other changes wait in Pulumi.${stack}.yaml, or a preview fails: ${error.message}`;
    throw new UserError(describeObstacles([{ problem, remedy: "Run up first." }]));
  }
}
