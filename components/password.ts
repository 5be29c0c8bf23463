import type * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

const LENGTH = 32;

/**
 * A generated password of letters and digits, which needs no escaping in URLs, SQL or YAML.
 * Protected like the data it opens: a new password would lock the old data away.
 * @param rotation how often it was replaced; each has a name of its own, so that Pulumi refuses a
 * number that was changed by hand: the protected one before would have to go. Default 0.
 */
export function generatePassword(
  name: string,
  parent: pulumi.Resource,
  rotation = 0,
): pulumi.Output<string> {
  return new random.RandomPassword(
    passwordResource(name, rotation),
    { length: LENGTH, special: false },
    { parent, protect: true },
  ).result;
}

/** The resource name of a password after so many rotations. */
export function passwordResource(name: string, rotation: number): string {
  return rotation === 0 ? name : `${name}-${rotation}`;
}
