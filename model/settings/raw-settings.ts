/** What is known of a secret without knowing it. */
export interface SecretFacts {
  /** Stored encrypted (`pulumi config set --secret`). */
  readonly encrypted: boolean;
  /** Nothing but white space. */
  readonly empty: boolean;
}

/** A stack file's settings as read, before any check. */
export interface RawSettings {
  /** The Pulumi project. */
  readonly project: string;
  /** The Pulumi stack whose file it is: the environment. */
  readonly stack: string;
  /** Values of the `whalewatch:` keys, without that prefix. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Keys among `values` that hold an encrypted value. */
  readonly encryptedKeys: readonly string[];
  /** The `secrets:` keys, without that prefix. */
  readonly secrets: Readonly<Record<string, SecretFacts>>;
}
