import { UNKNOWN } from "../../policies/field";
import type { KnownSecret, PolicyResource } from "../../policies/policy";
import { SHORTEST_CANARY } from "../engine/canaries";
import type { RegisteredResource } from "../engine/program-run";
import { STACK_TYPE } from "../engine/urn";
import { isPlainObject, SecretValue, UnknownValue } from "../engine/wire-values";
import type { StackFile } from "../stack-file";

/** What the program registered, as policies see it. */
export function policyResources(resources: readonly RegisteredResource[]): PolicyResource[] {
  return resources.map(({ urn, type, name, protect, inputs, outputs }) => ({
    urn,
    type,
    name,
    protect,
    properties: type === STACK_TYPE ? mapped(outputs ?? {}, hidden) : mapped(inputs, revealed),
  }));
}

/** The secrets of a stack file; without decrypting them, what stands in their place. */
export function knownSecrets({ config, secretKeys }: StackFile): KnownSecret[] {
  return secretKeys.flatMap((label) => {
    const value = config[label] ?? "";
    return value.length < SHORTEST_CANARY ? [] : [{ label, value }];
  });
}

type Change = (value: unknown) => unknown;

/** A pack gets secrets without their marks, so policies never rest on them. */
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
