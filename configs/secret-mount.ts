import type { FileMount } from "../model/files";
import {
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
