import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { stackDocument, valuesOf } from "../../cli/stack-document";
import { parseSettings } from "../../model/settings/parse";
import type { RawSettings, SecretFacts } from "../../model/settings/raw-settings";
import type { Problem } from "../../model/settings/problem";
import type { Settings } from "../../model/settings/schema";
import type { Stack } from "../../model/stack";
import { resolveStack } from "../../model/resolve-stack";

/** Settings as a stack file writes them, without the `whalewatch:` prefix. */
export type Values = Readonly<Record<string, unknown>>;

const ROOT = path.resolve(__dirname, "../..");

/** A file of the project, by its path from the root. */
export function projectFile(name: string): string {
  return readFileSync(path.join(ROOT, name), "utf8");
}

/** A stack file's text as the checks get it. */
export function rawFromYaml(text: string, stack = "test"): RawSettings {
  const content = valuesOf(stackDocument(text), `Pulumi.${stack}.yaml`);
  const config = Object.entries(mapping(mapping(content)["config"]));
  const within = (namespace: string) =>
    config.flatMap(([key, value]) =>
      key.startsWith(`${namespace}:`) ? [[key.slice(namespace.length + 1), value] as const] : [],
    );
  const own = within("whalewatch");
  return {
    project: "whalewatch",
    stack,
    values: Object.fromEntries(own),
    encryptedKeys: own.filter(([, value]) => isEncrypted(value)).map(([key]) => key),
    secrets: Object.fromEntries(
      within("secrets").map(([key, value]): [string, SecretFacts] => [
        key,
        { encrypted: isEncrypted(value), empty: value === "" || mapping(value)["secure"] === "" },
      ]),
    ),
  };
}

function mapping(value: unknown): Values {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function isEncrypted(value: unknown): boolean {
  return typeof mapping(value)["secure"] === "string";
}

/** Settings that are not encrypted, with the names of secrets that are there. */
export function rawFrom(values: Values, secrets: readonly string[] = []): RawSettings {
  return {
    project: "whalewatch",
    stack: "test",
    values,
    encryptedKeys: [],
    secrets: Object.fromEntries(secrets.map((name) => [name, { encrypted: true, empty: false }])),
  };
}

/** What is wrong; none when all is well. */
export function problemsOf(raw: RawSettings): readonly Problem[] {
  const parsed = parseSettings(raw);
  return parsed.ok ? [] : parsed.problems;
}

/** The settings, which must be valid. */
export function settingsFrom(raw: RawSettings): Settings {
  const parsed = parseSettings(raw);
  assert.deepEqual(parsed.ok ? [] : parsed.problems, []);
  assert.ok(parsed.ok);
  return parsed.settings;
}

/** A stack of these values, which must be valid. */
export function stackFrom(values: Values, secrets: readonly string[] = []): Stack {
  return resolveStack("whalewatch", "test", settingsFrom(rawFrom(values, secrets)));
}

/** The stack that a file of the project declares. */
export function projectStack(name: "dev" | "prod"): Stack {
  const settings = settingsFrom(rawFromYaml(projectFile(`Pulumi.${name}.yaml`), name));
  return resolveStack("whalewatch", name, settings);
}

/** A valid service that needs nothing, with changes. */
export function service(changes: Values = {}): Values {
  return {
    image: "example/api:1.0.0",
    port: 8000,
    limits: { memory: "64Mi", cpu: 0.1 },
    ...changes,
  };
}
