import type { GeneratedSecret } from "../model/secrets";

/**
 * The resource name of a generated password. Whoever only asks for the name is spared the provider's package.
 * @param rotation how often it was replaced; each has a name of its own, so that Pulumi refuses a
 * number that was changed by hand: the protected one before would have to go.
 */
export function passwordResource(secret: GeneratedSecret, rotation: number): string {
  return rotation === 0 ? `${secret}-password` : `${secret}-password-${rotation}`;
}
