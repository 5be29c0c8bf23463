import semver from "semver";
import { VERSION } from "../../model/version";
import type { DeployedStack } from "./deployed-stack";

/** A newer program may have deployed what this one's settings cannot say: a reason, or none. */
export function newerVersionReasons(
  stack: string,
  deployed: Pick<DeployedStack, "version"> | undefined,
  own: string = VERSION,
): string[] {
  const theirs = deployed?.version;
  if (theirs === undefined || semver.valid(theirs) === null || semver.lte(theirs, own)) return [];
  return [
    `${stack} was deployed by whalewatch ${theirs}, newer than this checkout's ${own}: bring the checkout up to date first.`,
  ];
}
