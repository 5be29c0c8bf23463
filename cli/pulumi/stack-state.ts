import { z } from "zod";
import type { PulumiCli } from "./pulumi-cli";

const stateSchema = z.object({
  deployment: z
    .object({
      resources: z
        .array(z.object({ urn: z.string(), type: z.string(), id: z.string().optional() }))
        .optional(),
      pending_operations: z.array(z.object({ type: z.string() })).optional(),
    })
    .optional(),
});

/** What Pulumi remembers of a stack. */
export interface StackState {
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
  const ids = (deployment?.resources ?? []).flatMap(({ id }) => (id === undefined ? [] : [id]));
  const pending = deployment?.pending_operations ?? [];
  return {
    ids: new Set(ids),
    pendingCreates: pending.filter(({ type }) => type === "creating").length,
  };
}
