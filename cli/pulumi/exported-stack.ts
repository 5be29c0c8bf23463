import { z } from "zod";

/** What `pulumi stack export` prints, each resource as far as its reader needs it. */
export function exportedStack<R extends z.ZodType>(resource: R) {
  const deployment = z.object({
    resources: z.array(resource).nullish(),
    pending_operations: z.array(z.object({ type: z.string() })).nullish(),
  });
  // A stack that was never deployed has none.
  return z.object({ deployment: deployment.nullish() }).transform((exported) => ({
    resources: exported.deployment?.resources ?? [],
    pendingOperations: exported.deployment?.pending_operations ?? [],
  }));
}
