import type { PolicyLevel, PolicyName } from "../model/policy-names";
import type { Stack } from "../model/stack";
import { Field, UnknownInputError } from "./field";

/** A resource as a policy sees it, whoever runs the program. */
export interface PolicyResource {
  readonly urn: string;
  /** Token such as `docker:index/container:Container`. */
  readonly type: string;
  readonly name: string;
  /** What it is made from; of the stack itself, its outputs. `UNKNOWN` where only an update can know. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** Pulumi refuses to delete or replace it. */
  readonly protect: boolean;
}

/** A secret value of the stack, under the name that a violation may show. */
export interface KnownSecret {
  readonly label: string;
  readonly value: string;
}

/** What policies know beside the resources. */
export interface PolicyContext {
  /** What the settings declare; known in every preview. */
  readonly stack: Stack;
  /** The secrets whose values are known. */
  readonly secrets: readonly KnownSecret[];
}

/** Takes what is wrong, in a sentence, or what could not be looked at yet. */
export type Report = (finding: string | UnknownInputError) => void;

/** The same for a stack, about one of its resources or the whole. */
export type StackReport = (finding: string | UnknownInputError, resource?: PolicyResource) => void;

interface PolicyFacts {
  readonly name: PolicyName;
  /** A full sentence: what holds. */
  readonly description: string;
  /** What to do about a violation: a sentence. */
  readonly remedy: string;
  /** @default level, which a stack file may change. */
  readonly level: PolicyLevel;
}

/** A policy about each resource by itself, judged before the resource is touched. */
export interface ResourcePolicy extends PolicyFacts {
  readonly scope: "resource";
  readonly check: (resource: PolicyResource, context: PolicyContext, report: Report) => void;
}

/** A policy about all resources together, judged when all are known. */
export interface StackPolicy extends PolicyFacts {
  readonly scope: "stack";
  readonly check: (
    resources: readonly PolicyResource[],
    context: PolicyContext,
    report: StackReport,
  ) => void;
}

/** A rule as plain data and a pure function: it needs no Pulumi to run. */
export type Policy = ResourcePolicy | StackPolicy;

/** The properties of a resource, to be read field by field. */
export function fieldsOf({ properties }: PolicyResource): Field {
  return new Field(properties, "");
}

/** How a message names a resource: `Container 'api-container'`. */
export function titleOf({ type, name }: PolicyResource): string {
  return `${type.split(":").at(-1) ?? type} '${name}'`;
}

/** Runs a check; where it needs what only an update can know, that is reported in its place. */
export function attempt(report: Report, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof UnknownInputError)) throw error;
    report(error);
  }
}
