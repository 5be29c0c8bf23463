import type { GeneratedSecret } from "../../model/secrets";
import type { Rotatable } from "../../model/settings/rotations";
import { passwordResource } from "../../components/password-resource";
import type { StackState } from "../pulumi/stack-state";
import { UserError } from "../user-error";

const PASSWORD = "random:index/randomPassword:RandomPassword";

/** The generated passwords of each program that has any. */
export const ROTATABLE: Readonly<Record<Rotatable, readonly GeneratedSecret[]>> = {
  postgres: ["postgres-superuser", "postgres-app", "postgres-monitoring", "postgres-grafana"],
  redis: ["redis"],
  grafana: ["grafana-admin"],
};

/** What has to be done to replace passwords. */
export interface Rotation {
  /** What the stack file is to say. */
  readonly number: number;
  /** It was begun before and did not come to its end. */
  readonly resumed: boolean;
  /** Protected passwords of before, which the update has to be allowed to delete. */
  readonly obsolete: readonly string[];
}

/**
 * The next rotation of a program's passwords, or the one that was interrupted.
 * @param declared the number in the stack file.
 * @throws UserError when the state has none of its passwords, or newer ones than the stack file.
 */
export function nextRotation(
  program: Rotatable,
  { resources }: Pick<StackState, "resources">,
  declared: number,
  stack: string,
): Rotation {
  const found = resources
    .filter(({ type }) => type === PASSWORD)
    .flatMap(({ urn, protect }) => {
      const number = rotationOf(program, urn.slice(urn.lastIndexOf("::") + 2));
      return number === undefined ? [] : [{ urn, protect, number }];
    });
  if (found.length === 0) {
    throw new UserError(
      `The state of ${stack} has no password of ${program}. Bring the stack up first: whalewatch up --stack ${stack}`,
    );
  }
  const newest = Math.max(...found.map(({ number }) => number));
  if (newest > declared) {
    throw new UserError(
      `Pulumi.${stack}.yaml says whalewatch:rotations.${program} is ${declared}, and the state has ${newest}: the file is older than what runs. Get the newest one, or set it to ${newest}.`,
    );
  }
  const resumed = found.some(({ number }) => number !== declared);
  const number = resumed ? declared : declared + 1;
  const obsolete = found.filter((entry) => entry.protect && entry.number !== number);
  return { number, resumed, obsolete: obsolete.map(({ urn }) => urn) };
}

/** Which rotation a password's resource belongs to; undefined for another program's. */
function rotationOf(program: Rotatable, resource: string): number | undefined {
  for (const secret of ROTATABLE[program]) {
    const first = passwordResource(secret, 0);
    if (resource === first) return 0;
    const number = Number(resource.slice(first.length + 1));
    if (number > 0 && resource === passwordResource(secret, number)) return number;
  }
  return undefined;
}
