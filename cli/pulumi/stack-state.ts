import { z } from "zod";
import type { PulumiCli } from "./pulumi-cli";

const stateSchema = z.object({
  deployment: z
    .object({
      resources: z
        .array(
          z.object({
            urn: z.string(),
            type: z.string(),
            id: z.string().optional(),
            protect: z.boolean().default(false),
          }),
        )
        .optional(),
      pending_operations: z.array(z.object({ type: z.string() })).optional(),
    })
    .optional(),
});

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
  const { deployment } = stateSchema.parse(
    JSON.parse(pulumi.read(["stack", "export", "--stack", stack])),
  );
  const resources = (deployment?.resources ?? []).flatMap(({ id, ...rest }) =>
    id === undefined ? [] : [{ id, ...rest }],
  );
  const pending = deployment?.pending_operations ?? [];
  return {
    resources,
    ids: new Set(resources.map(({ id }) => id)),
    pendingCreates: pending.filter(({ type }) => type === "creating").length,
  };
}
