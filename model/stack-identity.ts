/** What tells one stack from another wherever they run side by side. */
export interface StackIdentity {
  /** The Pulumi project. */
  readonly project: string;
  /** The Pulumi stack: the environment. */
  readonly name: string;
}
