/** Has Pulumi ask the policies before it touches anything, and again as values become known. */
export const WITH_POLICIES = ["--policy-pack", "policies/pack"] as const;
