import type * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

const LENGTH = 32;

/**
 * A generated password of letters and digits, which needs no escaping in URLs, SQL or YAML.
 * Protected like the data it opens: a new password would lock the old data away.
 */
export function generatePassword(name: string, parent: pulumi.Resource): pulumi.Output<string> {
  return new random.RandomPassword(
    name,
    { length: LENGTH, special: false },
    { parent, protect: true },
  ).result;
}
