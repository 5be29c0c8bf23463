/** Stands in a resource's properties for a value that only an update can know. */
export const UNKNOWN = Symbol("known after the update");

/** A check needs a value that only an update can know. */
export class UnknownInputError extends Error {
  override readonly name = "UnknownInputError";
  constructor(
    /** The property, such as `spec.replicas`. */
    readonly path: string,
  ) {
    super(`${path} is known after the update`);
  }
}

/**
 * A value inside a resource's properties. To go to a part never fails; to read one that only an
 * update can know throws UnknownInputError, so that nobody takes it for absent.
 */
export class Field {
  constructor(
    private readonly value: unknown,
    /** Where it stands, such as `spec.replicas`. */
    readonly path: string,
  ) {}

  /** A part of it; absent parts have absent parts. */
  at(...keys: readonly string[]): Field {
    return keys.reduce<Field>((field, key) => field.part(key), this);
  }

  get isUnknown(): boolean {
    return this.value === UNKNOWN;
  }

  get isAbsent(): boolean {
    return this.known === undefined || this.known === null;
  }

  /** The text; undefined where there is none. */
  get text(): string | undefined {
    return typeof this.known === "string" ? this.known : undefined;
  }

  /** The number; undefined where there is none. */
  get amount(): number | undefined {
    return typeof this.known === "number" ? this.known : undefined;
  }

  /** The switch; undefined where it was not set. */
  get flag(): boolean | undefined {
    return typeof this.known === "boolean" ? this.known : undefined;
  }

  /** The entries of a list; none where there is none. */
  get list(): Field[] {
    if (!Array.isArray(this.known)) return [];
    return this.known.map((entry, index) => new Field(entry, `${this.path}[${index}]`));
  }

  /** The texts of a list. */
  get texts(): string[] {
    return this.list.flatMap((entry) => entry.text ?? []);
  }

  /** The members of a mapping; none where there is none. */
  get members(): (readonly [string, Field])[] {
    return isMapping(this.known)
      ? Object.keys(this.known).map((key) => [key, this.part(key)] as const)
      : [];
  }

  private get known(): unknown {
    if (this.value === UNKNOWN) throw new UnknownInputError(this.path);
    return this.value;
  }

  private part(key: string): Field {
    if (this.value === UNKNOWN) return this;
    const inside = isMapping(this.value) ? this.value[key] : undefined;
    return new Field(inside, this.path === "" ? key : `${this.path}.${key}`);
  }
}

const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
