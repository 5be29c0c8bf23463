import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type Document, isMap, isScalar } from "yaml";
import { stackDocument, valuesOf } from "./stack-document";
import { UserError } from "./user-error";

/**
 * Changes one setting of a stack file and leaves its comments and order as they are.
 * @throws UserError, and the file stays, when the setting is written where it cannot be changed alone.
 */
export function setSetting(
  directory: string,
  { project, name }: { readonly project: string; readonly name: string },
  [section, ...keys]: readonly [string, ...string[]],
  value: unknown,
): void {
  const file = `Pulumi.${name}.yaml`;
  const location = path.join(directory, file);
  const document = stackDocument(readFileSync(location, "utf8"));
  const before = valuesOf(document, file);
  // Like the reader: a key without a namespace is the project's.
  const short = Object.hasOwn(mapping(mapping(before)["config"]), section);
  const place = ["config", short ? section : `${project}:${section}`, ...keys];
  const expected = withValue(before, place, value);
  fillConfig(document);
  const open = place.slice(0, -1).every((_, depth) => {
    const node = document.getIn(place.slice(0, depth + 1), true);
    return node === undefined || isMap(node);
  });
  if (open) document.setIn(place, value);
  const text = document.toString({ lineWidth: 0 });
  if (!open || !isDeepStrictEqual(valuesOf(stackDocument(text), file), expected)) {
    throw new UserError(
      `${file}: ${project}:${section} cannot be set without another change: found an alias, an anchor or a merge key (<<) where it is written; allowed: a mapping of its own. Write it out, then run this again.`,
    );
  }
  writeFileSync(location, text);
}

/** Nothing can be put into a key without a value: an empty mapping takes its place. */
function fillConfig(document: Document): void {
  const config = document.get("config", true);
  if (!isScalar(config) || config.value !== null) return;
  const filled = document.createNode({});
  filled.comment = config.comment ?? null;
  document.set("config", filled);
}

type Mapping = Readonly<Record<string, unknown>>;
const mapping = (value: unknown): Mapping =>
  typeof value === "object" && value !== null ? { ...value } : {};

/** A copy of a tree of mappings with one value in its place. */
function withValue(tree: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const before = mapping(tree);
  return { ...before, [key]: withValue(before[key], rest, value) };
}
