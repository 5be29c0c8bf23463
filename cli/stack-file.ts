import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { RawSettings } from "../model/settings/raw-settings";
import { misspeltKeys } from "./misspelt-keys";
import { stackDocument, valuesOf } from "./stack-document";
import { UserError } from "./user-error";

/** A stack file as the commands need it: for the checks, and as Pulumi would pass it on. */
export interface StackFile {
  readonly project: string;
  readonly stack: string;
  /** Folder of Pulumi.yaml. */
  readonly directory: string;
  readonly settings: RawSettings;
  /** Every key with its namespace; mappings and lists as JSON text. */
  readonly config: Readonly<Record<string, string>>;
  /** Keys whose value is encrypted; `config` has a placeholder in its place. */
  readonly secretKeys: readonly string[];
}

const SECRETS = "secrets";

/**
 * Reads Pulumi.yaml and a stack's file without decrypting anything.
 * @throws UserError when a file is absent, no YAML, no mapping, or has a key
 * that would be passed over or is there twice.
 */
export function readStackFile(directory: string, stack: string): StackFile {
  const project = projectName(directory);
  const name = `Pulumi.${stack}.yaml`;
  const location = path.resolve(directory, name);
  if (!existsSync(location)) {
    const known = knownStacks(directory);
    const others = known.length > 0 ? `There are: ${known.join(", ")}.` : "There is none yet.";
    throw new UserError(`No stack file ${name}. ${others} Choose one with --stack.`);
  }
  const content = readYaml(location);
  const top = mappingOrNothing(content, name, "a mapping with the key config");
  const config = mappingOrNothing(
    top["config"],
    `${name}: config`,
    `a mapping of settings, such as ${project}:services`,
  );
  const misspelt = misspeltKeys(name, Object.keys(top), Object.keys(config), [project, SECRETS]);
  if (misspelt.length > 0) throw new UserError(misspelt.join("\n"));
  const twice = Object.keys(config).filter((key) => Object.hasOwn(config, `${project}:${key}`));
  if (twice.length > 0) {
    const lines = twice.map(
      (key) =>
        `${name}: config: found both ${key} and ${project}:${key}, which are one setting; allowed: one of them. Delete the other.`,
    );
    throw new UserError(lines.join("\n"));
  }
  const entries = Object.entries(config).map(([name, value]) => {
    // Like Pulumi: a key without a namespace is the project's.
    const key = name.includes(":") ? name : `${project}:${name}`;
    const revealed = placeholders(value, key);
    return { key, value: revealed.value, encrypted: revealed.encrypted };
  });
  const within = (namespace: string) =>
    entries.flatMap((entry) =>
      entry.key.startsWith(`${namespace}:`)
        ? [{ ...entry, key: entry.key.slice(namespace.length + 1) }]
        : [],
    );
  const own = within(project);
  return {
    project,
    stack,
    directory,
    settings: {
      project,
      stack,
      values: Object.fromEntries(own.map(({ key, value }) => [key, value])),
      encryptedKeys: own.filter(({ encrypted }) => encrypted).map(({ key }) => key),
      secrets: Object.fromEntries(
        within(SECRETS).map(({ key, value, encrypted }) => [
          key,
          { encrypted, empty: asText(value).trim() === "" },
        ]),
      ),
    },
    config: Object.fromEntries(entries.map(({ key, value }) => [key, asText(value)])),
    secretKeys: entries.filter(({ encrypted }) => encrypted).map(({ key }) => key),
  };
}

/** The stacks that have a file in the project's folder. */
export function knownStacks(directory: string): string[] {
  return readdirSync(directory)
    .flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? [])
    .sort();
}

function projectName(directory: string): string {
  const location = path.join(directory, "Pulumi.yaml");
  if (!existsSync(location)) {
    throw new UserError(`No Pulumi.yaml in ${directory}. Run this in the project's folder.`);
  }
  const content = readYaml(location);
  const name = isMapping(content) ? content["name"] : undefined;
  if (typeof name !== "string") throw new UserError(`${location} has no name.`);
  return name;
}

type Mapping = Record<string, unknown>;
const isMapping = (value: unknown): value is Mapping =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** An empty mapping where nothing is written; what is neither would be planned as an empty stack. */
function mappingOrNothing(value: unknown, place: string, allowed: string): Mapping {
  if (value === undefined || value === null) return {};
  if (isMapping(value)) return value;
  // Only of which kind: what is no stack file may hold anything, such as a key.
  const found = Array.isArray(value)
    ? "a list"
    : `a ${typeof value === "string" ? "text" : typeof value}`;
  throw new UserError(
    `${place}: found ${found}; allowed: ${allowed}. Mend the file: Pulumi refuses it too.`,
  );
}

function readYaml(location: string): unknown {
  return valuesOf(stackDocument(readFileSync(location, "utf8")), path.basename(location));
}

/** Puts a unique, recognisable text in place of each encrypted value. */
function placeholders(value: unknown, key: string): { value: unknown; encrypted: boolean } {
  if (Array.isArray(value)) {
    const inner = value.map((entry, index) => placeholders(entry, `${key}[${index}]`));
    return {
      value: inner.map((entry) => entry.value),
      encrypted: inner.some(({ encrypted }) => encrypted),
    };
  }
  if (!isMapping(value)) return { value, encrypted: false };
  if (Object.keys(value).length === 1 && typeof value["secure"] === "string") {
    return { value: `secret-value-of-${key.replace(/[^A-Za-z0-9]+/g, "-")}`, encrypted: true };
  }
  const inner = Object.entries(value).map(
    ([name, entry]) => [name, placeholders(entry, `${key}.${name}`)] as const,
  );
  return {
    value: Object.fromEntries(inner.map(([name, entry]) => [name, entry.value])),
    encrypted: inner.some(([, entry]) => entry.encrypted),
  };
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
