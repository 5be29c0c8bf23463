/** Kinds of fault that a dry run finds besides the program's own errors. */
export type EngineProblemKind =
  "duplicate-urn" | "unknown-type" | "secret-leak" | "unsupported" | "incomplete" | "timeout";

/** One fault of the program, told so that its author can act on it. */
export interface EngineProblem {
  readonly kind: EngineProblemKind;
  /** Names the resource, what was found, and what to do. Never contains a secret. */
  readonly message: string;
  /** The resource at fault. */
  readonly urn?: string;
  /** Where in the resource or the outputs, for a leak: `inputs.envs[2]`. */
  readonly path?: string;
  /** Which secret, for a leak: its label. */
  readonly secret?: string;
}
