import { confirmByName } from "../confirm";
import { UserError } from "../user-error";
import type { PulumiCli } from "./pulumi-cli";
import type { StackState, StateResource } from "./stack-state";

/** What a check before an update works on. */
export interface LetGoArgs {
  readonly pulumi: Pick<PulumiCli, "run">;
  readonly stack: string;
  readonly state: Pick<StackState, "resources">;
  /** The URNs of what the program declares now. */
  readonly declared: ReadonlySet<string>;
  /** Agreed to beforehand. */
  readonly agreed: boolean;
  /** Nobody is there to be asked. */
  readonly unattended: boolean;
}

const PASSWORD = "random:index/randomPassword:RandomPassword";

/** What holds data, or opens it, and is declared no longer. */
export function noLongerDeclared(
  { resources }: Pick<StackState, "resources">,
  declared: ReadonlySet<string>,
): StateResource[] {
  return resources.filter(({ urn, protect }) => protect && !declared.has(urn));
}

/**
 * Lets go of what an update would have to delete and Pulumi refuses to, once that is agreed to: it
 * leaves the state, and the platform keeps the data.
 * @throws UserError, before anything was changed, where it is not agreed to.
 */
export async function letGo(args: LetGoArgs): Promise<void> {
  const { pulumi, stack, state, declared, agreed, unattended } = args;
  const leaving = noLongerDeclared(state, declared);
  if (leaving.length === 0) return;
  const what = describeLeaving(stack, leaving);
  if (!agreed) {
    const refusal = `Nothing was changed. Declare it again, or let it go: npm run up -- --stack ${stack} --let-go`;
    if (unattended) throw new UserError(`${what}\n${refusal}`);
    await confirmByName(what, stack, refusal);
  }
  for (const { urn } of leaving) {
    await pulumi.run(["state", "unprotect", urn, "--stack", stack, "--yes"]);
  }
}

function describeLeaving(stack: string, leaving: readonly StateResource[]): string {
  const lines = leaving.map(({ urn, type }) => {
    const name = urn.split("::").at(-1) ?? urn;
    return type === PASSWORD
      ? `  password ${name}: lost; bring away first what it alone opens`
      : `  ${type.split(":").at(-1) ?? type} ${name}: stays where it is, and the stack forgets it`;
  });
  return [`Pulumi.${stack}.yaml no longer declares what holds data, or opens it:`, ...lines].join(
    "\n",
  );
}
