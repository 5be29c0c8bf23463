import { isDeepStrictEqual } from "node:util";
import { type Document, isMap, isScalar, Scalar } from "yaml";
import { stackDocument, valuesOf } from "../stack-document";

/** A new image for a service. */
export interface ImageEdit {
  readonly service: string;
  /** As the file has it. */
  readonly from: string;
  readonly to: string;
}

/** How an image may be written; a block of text would be another thing on one line. */
const INLINE: readonly string[] = [Scalar.PLAIN, Scalar.QUOTE_DOUBLE, Scalar.QUOTE_SINGLE];

/** A stack file's text, for changes of images that leave every other byte alone. */
export class EditableImages {
  private readonly document: Document;

  constructor(
    private readonly text: string,
    private readonly project: string,
  ) {
    this.document = stackDocument(text);
  }

  /**
   * Whether a service's image is written where it can be changed for this service alone: neither an
   * alias nor what an alias elsewhere refers to.
   */
  canEdit(service: string): boolean {
    return this.find(service) !== undefined;
  }

  /**
   * The text with these images.
   * @throws Error when anything but these images would change, or one cannot be changed.
   */
  edit(edits: readonly ImageEdit[]): string {
    const expected = stackDocument(this.text);
    const places = edits.map(({ service, to }) => {
      const found = this.find(service);
      if (found?.scalar.range == null) throw new Error(`${service}: its image cannot be changed`);
      expected.setIn(found.path, to);
      const [start, end] = found.scalar.range;
      return { start, end, written: written(found.scalar, to) };
    });
    places.sort((a, b) => b.start - a.start);
    const edited = places.reduce(
      (text, { start, end, written }) => text.slice(0, start) + written + text.slice(end),
      this.text,
    );
    const values = (document: Document) => valuesOf(document, "the stack file");
    if (!isDeepStrictEqual(values(stackDocument(edited)), values(expected))) {
      throw new Error("the edit would change more than the images");
    }
    return edited;
  }

  /** The image's own text in the file. */
  private find(service: string): { scalar: Scalar; path: string[] } | undefined {
    for (const key of [`${this.project}:services`, "services"]) {
      const path = ["config", key, service, "image"];
      const scalar = this.document.getIn(path, true);
      if (!isScalar(scalar) || scalar.type === undefined || !INLINE.includes(scalar.type)) continue;
      const nodes = path.map((_, depth) => this.document.getIn(path.slice(0, depth + 1), true));
      if (nodes.some((node) => (isMap(node) || isScalar(node)) && node.anchor !== undefined))
        continue;
      return { scalar, path };
    }
    return undefined;
  }
}

/** An image in the quotes that its place has; no character of it needs any. */
function written({ type }: Scalar, image: string): string {
  if (type === Scalar.QUOTE_DOUBLE) return `"${image}"`;
  return type === Scalar.QUOTE_SINGLE ? `'${image}'` : image;
}

/** The lines that differ between two texts of as many lines, for a person to read. */
export function changedLines(file: string, before: string, after: string): string {
  const [old, now] = [before.split(/\r?\n/), after.split(/\r?\n/)];
  const pairs = old.flatMap((line, index) =>
    line === now[index] ? [] : [`@@ line ${index + 1} @@`, `-${line}`, `+${now[index] ?? ""}`],
  );
  return [`--- ${file}`, `+++ ${file}`, ...pairs].join("\n");
}
