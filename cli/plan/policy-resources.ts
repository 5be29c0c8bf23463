import { UNKNOWN } from "../../policies/field";
import type { KnownSecret, PolicyResource } from "../../policies/policy";
import { SHORTEST_CANARY } from "../engine/canaries";
import type { RegisteredResource } from "../engine/program-run";
import { STACK_TYPE } from "../engine/urn";
import { isPlainObject, SecretValue, UnknownValue } from "../engine/wire-values";
import type { StackFile } from "../stack-file";

/** What policies want to know of a resource. */
export type JudgedResource = Pick<
  RegisteredResource,
  "urn" | "type" | "name" | "protect" | "inputs" | "outputs"
>;

/** A resource as policies see it. */
export function policyResource(resource: JudgedResource): PolicyResource {
  const { urn, type, name, protect, inputs, outputs } = resource;
  const properties = type === STACK_TYPE ? mapped(outputs ?? {}, hidden) : mapped(inputs, revealed);
  return { urn, type, name, protect, properties };
}

/** The secrets of a stack file; without decrypting them, what stands in their place. */
export function knownSecrets({ config, secretKeys }: StackFile): KnownSecret[] {
  return secretKeys.flatMap((label) => {
    const value = config[label] ?? "";
    return value.length < SHORTEST_CANARY ? [] : [{ label, value }];
  });
}

type Change = (value: unknown) => unknown;

/** What everybody may look at holds no secret at all, marked or not. */
const revealed: Change = (value) =>
  value instanceof SecretValue ? converted(value.value, revealed) : value;
/** An output that is marked is not shown. */
const hidden: Change = (value) => (value instanceof SecretValue ? UNKNOWN : value);

function converted(value: unknown, change: Change): unknown {
  if (value instanceof UnknownValue) return UNKNOWN;
  if (value instanceof SecretValue) return change(value);
  if (Array.isArray(value)) return value.map((entry) => converted(entry, change));
  return isPlainObject(value) ? mapped(value, change) : value;
}

function mapped(
  properties: Readonly<Record<string, unknown>>,
  change: Change,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [key, converted(value, change)]),
  );
}
