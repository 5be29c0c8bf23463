import { z } from "zod";
import { exportedStack } from "./exported-stack";
import type { PulumiCli } from "./pulumi-cli";

const stateSchema = exportedStack(
  z.object({
    urn: z.string(),
    type: z.string(),
    id: z.string().optional(),
    protect: z.boolean().default(false),
  }),
);

/** A resource that a provider made. */
export interface StateResource {
  readonly urn: string;
  /** Its type token, such as `kubernetes:apps/v1:Deployment`. */
  readonly type: string;
  readonly id: string;
  /** Pulumi refuses to delete it. */
  readonly protect: boolean;
}

/** What Pulumi remembers of a stack. */
export interface StackState {
  /** Everything that providers made, the providers themselves too. */
  readonly resources: readonly StateResource[];
  /** The providers' ids of everything it manages. */
  readonly ids: ReadonlySet<string>;
  /** Creations that an interrupted update began and did not see the end of. */
  readonly pendingCreates: number;
}

/** Reads a stack's state, without its secrets. */
export function readStackState(pulumi: Pick<PulumiCli, "read">, stack: string): StackState {
  return parseStackState(pulumi.read(["stack", "export", "--stack", stack]));
}

/** The same from what `pulumi stack export` has printed. */
export function parseStackState(text: string): StackState {
  const { resources: all, pendingOperations } = stateSchema.parse(JSON.parse(text));
  const resources = all.flatMap(({ id, ...rest }) => (id === undefined ? [] : [{ id, ...rest }]));
  return {
    resources,
    ids: new Set(resources.map(({ id }) => id)),
    pendingCreates: pendingOperations.filter(({ type }) => type === "creating").length,
  };
}
