import type { FileMount } from "../model/files";
import {
  declaredSecretFile,
  type GeneratedSecret,
  SECRETS_DIRECTORY,
  secretText,
  type SecretText,
} from "../model/secrets";

/** The directory of a workload's secret files. */
export function secretMount(files: Readonly<Record<string, SecretText>>): FileMount {
  return {
    name: "secrets",
    directory: SECRETS_DIRECTORY,
    sensitive: true,
    onChange: "replace",
    files,
  };
}

/** A file that holds one generated password and nothing else, no newline either. */
export function passwordFile(generated: GeneratedSecret): SecretText {
  return secretText`${{ generated }}`;
}

/** The files of stack secrets that a program reads by path; no mount where there is none. */
export function declaredSecretMounts(names: readonly string[]): FileMount[] {
  if (names.length === 0) return [];
  const files = names.map((name): [string, SecretText] => [
    declaredSecretFile(name).file,
    secretText`${{ declared: name }}`,
  ]);
  return [secretMount(Object.fromEntries(files))];
}
