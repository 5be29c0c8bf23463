import { closest, distance } from "fastest-levenshtein";

/** The keys that Pulumi knows at the top of a stack file. */
const TOP_KEYS = ["config", "encryptedkey", "encryptionsalt", "environment", "secretsprovider"];
/** More letters amiss than this are another word. */
const MOST_LETTERS_AMISS = 2;

/**
 * What Pulumi would pass over in silence, and a stack would lose all of its services by: an unknown key
 * at the top, and a namespace that is all but one of the project's. Each as a sentence.
 */
export function misspeltKeys(
  file: string,
  topKeys: readonly string[],
  configKeys: readonly string[],
  namespaces: readonly string[],
): string[] {
  const unknown = topKeys
    .filter((key) => !TOP_KEYS.includes(key))
    .map((key) => {
      const near = closest(key, TOP_KEYS);
      const hint = distance(key, near) <= MOST_LETTERS_AMISS ? ` Did you mean "${near}"?` : "";
      return `${file} has the key "${key}", which Pulumi does not know; allowed: ${TOP_KEYS.join(", ")}.${hint}`;
    });
  const strange = configKeys.flatMap((key) => {
    const [namespace = "", ...rest] = key.split(":");
    if (rest.length === 0 || namespaces.includes(namespace)) return [];
    const near = closest(namespace, namespaces);
    if (distance(namespace, near) > MOST_LETTERS_AMISS) return [];
    return [`${file} has the key "${key}"; did you mean "${near}:${rest.join(":")}"?`];
  });
  return [...unknown, ...strange];
}
