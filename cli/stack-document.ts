import {
  type Document,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type Node,
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
 * @throws UserError when it is no YAML, an alias or merge key cannot be followed, or a value of an `env` would
 * not arrive as it is written.
 */
export function valuesOf(document: Document, file: string): unknown {
  const [fault] = document.errors;
  if (fault) throw new UserError(`${file} is no YAML: ${fault.message.trim()}`);
  refuseCycles(document, file);
  refuseAltered(document, file);
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

/** A container gets its environment letter by letter, and YAML makes 1.1 of 1.10 and true of True. */
function refuseAltered(document: Document, file: string): void {
  const altered: string[] = [];
  visit(document, {
    Scalar: (key, scalar, path) => {
      const { value, source } = scalar;
      const [section] = path.slice(-3);
      if (key !== "value" || !isPair(section) || !isScalar(section.key)) return;
      if (section.key.value !== "env" || !["number", "boolean"].includes(typeof value)) return;
      if (source === undefined || source === String(value)) return;
      altered.push(
        `${file}: ${placeOf(scalar, path)}: found ${source}, which YAML reads as ${String(value)}; allowed: text in quotes, "${source}".`,
      );
    },
  });
  if (altered.length > 0) throw new UserError(altered.join("\n"));
}

/** Where a node is, such as `config.whalewatch:services.api`. */
function placeOf(node: Node, path: readonly unknown[]): string {
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
