import { createHash } from "node:crypto";
import type { RegisteredResource, ResourceAlias } from "../engine/program-run";
import { makeUrn, type UrnParts } from "../engine/urn";
import {
  AssetValue,
  isPlainObject,
  ResourceReference,
  revealSecrets,
  SecretValue,
  UnknownValue,
} from "../engine/wire-values";
import type { PlainValue } from "../render/plain-value";

/** In a plan's folder: every resource that a provider makes, in order of registration. */
export const RESOURCES_FILE = "resources.json";

/** What stands in place of a value that only an update can know. */
export const UNKNOWN = "[known after the update]";

/** Texts beyond this many characters, such as files, are told by their digest. */
const LONGEST_TEXT = 400;
const DIGEST_CHARACTERS = 12;

/** A resource of out/<stack>/resources.json, with all that decides what a change of it does. */
export interface PlannedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** URN of the parent; null for the stack alone. */
  readonly parent: string | null;
  /** Identities under which an earlier version may know it. */
  readonly formerUrns: readonly string[];
  /** URN of an explicit provider; null for the default one. */
  readonly provider: string | null;
  /** Pulumi refuses to delete or replace it. */
  readonly protect: boolean;
  /** What it stands for stays when it leaves the stack. */
  readonly retainOnDelete: boolean;
  readonly ignoreChanges: readonly string[];
  readonly replaceOnChanges: readonly string[];
  /** Secrets, values not known yet and long texts are told by a text in brackets. */
  readonly inputs: Readonly<Record<string, PlainValue>>;
  /** By input: URNs of the resources whose outputs it is made of. */
  readonly from: Readonly<Record<string, readonly string[]>>;
}

/** The resources that a provider makes; components and what is only read are left out. */
export function plannedResources(registered: readonly RegisteredResource[]): PlannedResource[] {
  return registered
    .filter(({ custom, external }) => custom && !external)
    .map((resource) => ({
      urn: resource.urn,
      type: resource.type,
      name: resource.name,
      parent: resource.parent ?? null,
      formerUrns: resource.aliases.map((alias) => formerUrn(alias, resource)),
      provider: resource.provider === "" ? null : providerUrn(resource.provider),
      protect: resource.protect,
      retainOnDelete: resource.retainOnDelete,
      ignoreChanges: resource.ignoreChanges,
      replaceOnChanges: resource.replaceOnChanges,
      inputs: shownProperties(resource.inputs),
      from: resource.propertyDependencies,
    }));
}

function formerUrn(alias: ResourceAlias, { urn, type, name, parent }: RegisteredResource): string {
  if (alias.urn !== undefined && alias.urn !== "") return alias.urn;
  const [stack = "", project = ""] = urn.replace(/^urn:pulumi:/, "").split("::");
  const under = alias.noParent === true ? undefined : (alias.parentUrn ?? parent);
  const parts: UrnParts = {
    stack: alias.stack ?? stack,
    project: alias.project ?? project,
    type: alias.type ?? type,
    name: alias.name ?? name,
    ...(under !== undefined && { parent: under }),
  };
  return makeUrn(parts);
}

/** `urn::id` without the id. */
function providerUrn(reference: string): string {
  return reference.slice(0, reference.lastIndexOf("::"));
}

function shownProperties(
  properties: Readonly<Record<string, unknown>>,
): Record<string, PlainValue> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [name, shown(value)]),
  );
}

function shown(value: unknown): PlainValue {
  if (value === null || typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value === "string")
    return value.length > LONGEST_TEXT ? digested("text", value) : value;
  if (value instanceof UnknownValue) return UNKNOWN;
  // A plan knows no secret: encrypted settings are placeholders, passwords are made up. So a digest
  // tells of a change around the secret, such as another user's name, and nothing of the secret.
  if (value instanceof SecretValue) return digested("secret", JSON.stringify(shownInside(value)));
  if (value instanceof ResourceReference) return value.urn;
  if (value instanceof AssetValue) return digested(value.kind, JSON.stringify(value.content));
  if (Array.isArray(value)) return value.map(shown);
  if (isPlainObject(value)) return shownProperties(value);
  throw new TypeError(`A ${typeof value} cannot be an input of a resource.`);
}

function shownInside(secret: SecretValue): PlainValue {
  const revealed = revealSecrets(secret);
  return typeof revealed === "string" ? revealed : shown(revealed);
}

function digested(what: string, text: string): string {
  const digest = createHash("sha256").update(text).digest("hex").slice(0, DIGEST_CHARACTERS);
  return `[${what} ${digest}]`;
}
