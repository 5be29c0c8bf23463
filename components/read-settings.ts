import { getStack } from "@pulumi/pulumi";
import { allConfig } from "@pulumi/pulumi/runtime/config";
import type { RawSettings } from "../model/settings/raw-settings";

/** The namespace of a stack file's secrets. */
export const SECRETS_NAMESPACE = "secrets";

/** The settings of the current stack, as Pulumi hands them to the program. */
export function readSettings(project: string): RawSettings {
  const encryptedKeys = encryptedKeysOf(process.env);
  return settingsOf(project, getStack(), Object.entries(allConfig()), encryptedKeys);
}

/** The settings among a stack's whole configuration, and which of its keys were encrypted. */
export function settingsOf(
  project: string,
  stack: string,
  entries: readonly (readonly [key: string, value: string])[],
  encryptedKeys: readonly string[],
): RawSettings {
  const inNamespace = (namespace: string) =>
    entries.flatMap(([key, value]) =>
      key.startsWith(`${namespace}:`)
        ? [{ key: key.slice(namespace.length + 1), value, encrypted: encryptedKeys.includes(key) }]
        : [],
    );
  const settings = inNamespace(project);
  return {
    project,
    stack,
    values: Object.fromEntries(settings.map(({ key, value }) => [key, structured(value)])),
    encryptedKeys: settings.filter(({ encrypted }) => encrypted).map(({ key }) => key),
    secrets: Object.fromEntries(
      inNamespace(SECRETS_NAMESPACE).map(({ key, value, encrypted }) => [
        key,
        { encrypted, empty: value.trim() === "" },
      ]),
    ),
  };
}

/** The language host names the keys whose values were decrypted; the SDK keeps that to itself. */
function encryptedKeysOf(environment: NodeJS.ProcessEnv): readonly string[] {
  const keys: unknown = JSON.parse(environment["PULUMI_CONFIG_SECRET_KEYS"] ?? "[]");
  return Array.isArray(keys) ? keys.map(String) : [];
}

/** Pulumi passes mappings and lists as JSON text, everything else as it stands. */
function structured(value: string): unknown {
  if (!/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
