import {
  type Alias,
  type Document,
  isNode,
  isPair,
  isScalar,
  isSeq,
  parseDocument,
  visit,
} from "yaml";
import { UserError } from "./user-error";

/**
 * More than the library's 100, which a hundred services with a common part would exceed; few enough
 * that aliases of aliases cannot fill the memory.
 */
const MOST_ALIASES = 10_000;

/** A stack file's text as YAML, with merge keys (`<<`), which Pulumi's own parser knows too. */
export function stackDocument(text: string): Document.Parsed {
  return parseDocument(text, { merge: true });
}

/**
 * What is written in a document, with its aliases and merge keys followed.
 * @param file its name, for messages.
 * @throws UserError when it is no YAML, or an alias or merge key cannot be followed.
 */
export function valuesOf(document: Document, file: string): unknown {
  const [fault] = document.errors;
  if (fault) throw new UserError(`${file} is no YAML: ${fault.message.trim()}`);
  refuseCycles(document, file);
  try {
    const values: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    return values;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new UserError(
      `${file} has an alias or merge key that cannot be followed: ${error.message}. Write out what it stands for.`,
    );
  }
}

/** An alias within what it stands for has no end. */
function refuseCycles(document: Document, file: string): void {
  visit(document, {
    Alias: (_, alias, path) => {
      const target = alias.resolve(document);
      if (target === undefined || !path.includes(target)) return;
      const name = alias.source;
      throw new UserError(
        `${file}: ${placeOf(alias, path)}: found *${name} within &${name}, which it stands for; allowed: an alias of something else. Write out what is meant.`,
      );
    },
  });
}

/** Where a node is, such as `config.whalewatch:services.api`. */
function placeOf(node: Alias, path: readonly unknown[]): string {
  return path
    .flatMap((part, depth) => {
      // As written: the library has a symbol for the merge key.
      if (isPair(part))
        return isScalar(part.key) ? [part.key.source ?? String(part.key.value)] : [];
      const child = path[depth + 1] ?? node;
      return isSeq(part) && isNode(child) ? [String(part.items.indexOf(child))] : [];
    })
    .join(".");
}
