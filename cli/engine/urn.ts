/** Type of the resource that stands for the stack itself. */
export const STACK_TYPE = "pulumi:pulumi:Stack";

/** What a URN is made of. */
export interface UrnParts {
  readonly stack: string;
  readonly project: string;
  readonly type: string;
  readonly name: string;
  /** URN of the parent. */
  readonly parent?: string;
}

/**
 * The identity the real engine gives a resource: it holds the types of all parents except the stack,
 * but not their names, so equal children of two components of one type collide.
 */
export function makeUrn({ stack, project, type, name, parent }: UrnParts): string {
  const parentType = parent === undefined ? "" : qualifiedType(parent);
  const qualified = parentType === "" || parentType === STACK_TYPE ? type : `${parentType}$${type}`;
  return `urn:pulumi:${stack}::${project}::${qualified}::${name}`;
}

/** Type of a resource with those of its parents before it, joined by `$`. */
export function qualifiedType(urn: string): string {
  return urn.split("::")[2] ?? "";
}

/** `type 'name'` of a URN, for messages. */
export function describeUrn(urn: string): string {
  const type = qualifiedType(urn).split("$").at(-1) ?? "";
  return `${type} '${urn.split("::").slice(3).join("::")}'`;
}
