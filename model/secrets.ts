/** Where every workload finds its secret files. */
export const SECRETS_DIRECTORY = "/run/secrets";

/** Passwords that the stack generates for itself, by what they open. */
export type GeneratedSecret =
  | "postgres-superuser"
  | "postgres-app"
  | "postgres-monitoring"
  | "postgres-grafana"
  | "redis"
  | "grafana-admin";

/** A secret by name: its value is known to components alone. */
export type SecretReference = (
  | { readonly generated: GeneratedSecret }
  /** A `secrets:` key of the stack file. */
  | { readonly declared: string }
) & {
  /** Stands inside a string of that format, which some characters would end; default verbatim. */
  readonly within?: "json";
};

/** Text with secrets in it, which only a component can complete. */
export interface SecretText {
  readonly parts: readonly (string | SecretReference)[];
}

/** Tagged template that keeps the secrets in it apart: secretText`password ${reference}`. */
export function secretText(
  strings: TemplateStringsArray,
  ...references: readonly SecretReference[]
): SecretText {
  const parts = strings.flatMap((text, index): (string | SecretReference)[] => {
    const reference = references[index];
    return reference === undefined ? [text] : [text, reference];
  });
  return { parts: parts.filter((part) => part !== "") };
}

/** A file's name for a declared secret, and the variable that tells its path. */
export function declaredSecretFile(name: string): { file: string; variable: string; path: string } {
  const variable = name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/-/g, "_")
    .toUpperCase();
  return { file: name, variable: `${variable}_FILE`, path: `${SECRETS_DIRECTORY}/${name}` };
}
