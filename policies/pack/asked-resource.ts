import type { PolicyResource as PulumiResource } from "@pulumi/policy";
import { UNKNOWN } from "../field";
import type { Finding } from "../findings";
import type { PolicyResource } from "../policy";

/** A resource as Pulumi asks a pack about it, and as a policy wants it. */
export class AskedResource {
  readonly resource: PolicyResource;
  private readonly unknowns = new Map<string, Error>();

  constructor({
    urn,
    type,
    name,
    props,
    opts,
  }: Pick<PulumiResource, "urn" | "type" | "name" | "props" | "opts">) {
    this.resource = { urn, type, name, protect: opts.protect, properties: this.members(props, "") };
  }

  /** Throws what Pulumi's guard threw when the value was read that a finding is undecided for. */
  throwUnknown({ resource, path }: Finding): void {
    if (resource !== undefined && resource !== this.resource) return;
    const error = path === undefined ? undefined : this.unknowns.get(path);
    if (error !== undefined) throw error;
  }

  /** Copies what is known; of the rest the guard's error is kept, and UNKNOWN stands in its place. */
  private copy(read: () => unknown, path: string): unknown {
    let value: unknown;
    try {
      value = read();
    } catch (error) {
      // Its class has no type: the declaration is left out of the package.
      if (!(error instanceof Error) || error.constructor.name !== "UnknownValueError") throw error;
      this.unknowns.set(path, error);
      return UNKNOWN;
    }
    if (Array.isArray(value)) {
      const list: readonly unknown[] = value;
      return Array.from({ length: list.length }, (_, index) =>
        this.copy(() => list[index], `${path}[${index}]`),
      );
    }
    return typeof value === "object" && value !== null ? this.members(value, path) : value;
  }

  private members(value: object, path: string): Record<string, unknown> {
    return Object.fromEntries(
      Object.keys(value).map((key) => [
        key,
        this.copy((): unknown => Reflect.get(value, key), path === "" ? key : `${path}.${key}`),
      ]),
    );
  }
}
