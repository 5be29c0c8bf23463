import assert from "node:assert/strict";
import { parse } from "yaml";
import { maskedFiles } from "../../cli/plan/masked-files";
import { provisionFiles } from "../../configs/provision";
import type { FileMount } from "../../model/files";
import type { Stack } from "../../model/stack";

const rendered = new WeakMap<Stack, ReadonlyMap<string, string>>();

/** Every provisioned file as text with its secrets masked, by `workload/path`. */
export function renderedFiles(stack: Stack): ReadonlyMap<string, string> {
  const known = rendered.get(stack);
  if (known) return known;
  const files = maskedFiles(provisionFiles(stack));
  const fresh = new Map(files.map(({ workload, path, text }) => [`${workload}${path}`, text]));
  rendered.set(stack, fresh);
  return fresh;
}

/** One provisioned file, which must be there. */
export function renderedFile(stack: Stack, name: string): string {
  const text = renderedFiles(stack).get(name);
  assert.ok(text !== undefined, `no file ${name}`);
  return text;
}

/** A workload's mounts. */
export function mountsOf(stack: Stack, workload: string): readonly FileMount[] {
  return provisionFiles(stack).get(workload) ?? [];
}

/** A mapping read from YAML or JSON, looked into without trust. */
export class Tree {
  private constructor(private readonly value: unknown) {}

  /** Reads YAML, of which JSON is a part. */
  static read(text: string): Tree {
    const value: unknown = parse(text);
    return new Tree(value);
  }

  /** Any value, to look into. */
  static of(value: unknown): Tree {
    return new Tree(value);
  }

  /** What stands under a key; nothing where the key or the mapping is absent. */
  at(...keys: readonly string[]): Tree {
    return keys.reduce<Tree>(({ value }, key) => {
      const inside = typeof value === "object" && value !== null ? Object.entries(value) : [];
      return new Tree(new Map<string, unknown>(inside).get(key));
    }, this);
  }

  /** The entries of a list; none where there is no list. */
  get list(): Tree[] {
    return Array.isArray(this.value) ? this.value.map((entry) => new Tree(entry)) : [];
  }

  /** The value as it stands. */
  get plain(): unknown {
    return this.value;
  }

  /** The value, which must be text. */
  get text(): string {
    assert.equal(typeof this.value, "string");
    return String(this.value);
  }

  /** The value, which must be a number. */
  get number(): number {
    assert.equal(typeof this.value, "number");
    return Number(this.value);
  }
}
