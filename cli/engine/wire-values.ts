/**
 * Values as they travel between program and engine, decoded into plain JavaScript plus four markers:
 * `SecretValue`, `UnknownValue`, `ResourceReference` and `AssetValue`.
 */

/** Key and signatures by which the protocol tells special objects from plain ones. */
const signature = {
  key: "4dabf18193072939515e22adb298388d",
  secret: "1b47061264138c4ac30d75fd1eb44270",
  output: "d0e6a833031e9bbcd3f4e8bde6ca49a4",
  resource: "5cf8f73096256a8f31e491e813e4eb8e",
  asset: "c44067f5952c0a294b673a41bacd8c17",
  archive: "0def7320c3a5731c473e5ecbe6d01bc7",
  /** Not an object: this very text stands for a value that only an update can know. */
  unknown: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
};

/** A value that the program marked as secret. */
export class SecretValue {
  constructor(readonly value: unknown) {}
}

/** A value that is known only after the resource has been made. Compare with `isUnknown`. */
export class UnknownValue {
  toString(): string {
    return "<known after deployment>";
  }
  toJSON(): string {
    return this.toString();
  }
}

/** A whole resource passed as a value. `id` is an `UnknownValue` before the resource exists. */
export class ResourceReference {
  constructor(
    readonly urn: string,
    readonly id: unknown,
  ) {}
}

/** A file, text or archive handed to a provider. */
export class AssetValue {
  constructor(
    readonly kind: "asset" | "archive",
    readonly content: Readonly<Record<string, unknown>>,
  ) {}
}

/** The one unknown value. */
export const unknownValue = new UnknownValue();

/** Whether a decoded value is unknown, looking through a secret. */
export function isUnknown(value: unknown): boolean {
  return value instanceof UnknownValue || (value instanceof SecretValue && isUnknown(value.value));
}

/** Decodes one value. Secrets stay where the program put them; they are not lifted to the property. */
export function decodeValue(wire: unknown): unknown {
  if (wire === signature.unknown) return unknownValue;
  if (typeof wire !== "object" || wire === null) return wire;
  if (Array.isArray(wire)) return wire.map(decodeValue);
  const fields = new Map<string, unknown>(Object.entries(wire));
  switch (fields.get(signature.key)) {
    case undefined:
      return decodeProperties(wire);
    case signature.secret:
      return new SecretValue(decodeValue(fields.get("value")));
    case signature.output: {
      const value = fields.has("value") ? decodeValue(fields.get("value")) : unknownValue;
      return fields.get("secret") === true ? new SecretValue(value) : value;
    }
    case signature.resource: {
      const id = fields.get("id");
      const known = id === "" ? unknownValue : decodeValue(id);
      return new ResourceReference(String(fields.get("urn")), known);
    }
    case signature.asset:
      return new AssetValue("asset", decodeRest(fields));
    case signature.archive:
      return new AssetValue("archive", decodeRest(fields));
    default:
      throw new Error(
        `Value of unknown kind '${String(fields.get(signature.key))}': @pulumi/pulumi is newer than this engine.`,
      );
  }
}

/** Decodes the properties of a resource. */
export function decodeProperties(wire: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(wire).map(([key, value]) => [key, decodeValue(value)]));
}

function decodeRest(fields: ReadonlyMap<string, unknown>): Record<string, unknown> {
  const rest = [...fields].filter(([key]) => key !== signature.key);
  return decodeProperties(Object.fromEntries(rest));
}

/** Marks a value, still in wire form, as secret. */
export function wireSecret(wire: unknown): object {
  const value = wire ?? null;
  const marked = typeof value === "object" && value !== null && signature.key in value;
  return marked && Reflect.get(value, signature.key) === signature.secret
    ? value
    : { [signature.key]: signature.secret, value };
}

/** Takes the secret marks off a decoded value, at every depth. */
export function revealSecrets(value: unknown): unknown {
  if (value instanceof SecretValue) return revealSecrets(value.value);
  if (Array.isArray(value)) return value.map(revealSecrets);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, revealSecrets(item)]));
}

/** Whether a decoded value has a secret anywhere inside. */
export function containsSecret(value: unknown): boolean {
  if (value instanceof SecretValue) return true;
  if (Array.isArray(value)) return value.some(containsSecret);
  return isPlainObject(value) && Object.values(value).some(containsSecret);
}

/** Whether a decoded value is a plain map, as opposed to a list, a text or a marker. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}
