import assert from "node:assert/strict";
import { z } from "zod";
import { whalewatch } from "./command";

const shape = z.object({
  command: z.string().optional(),
  findings: z.array(
    z.object({
      resource: z.string(),
      property: z.string(),
      found: z.string(),
      mend: z.object({ by: z.string(), command: z.string().optional() }),
    }),
  ),
});

/** What `whalewatch drift --json` says of a stack that differs. */
export type DriftReport = z.output<typeof shape>;

/**
 * Looks at a stack that somebody has changed.
 * @throws AssertionError when it says that nothing differs.
 */
export async function lookForDrift(
  stack: string,
): Promise<{ readonly report: DriftReport; readonly output: string }> {
  const { code, output } = await whalewatch(["drift", "--stack", stack, "--json"]);
  assert.equal(code, 2, output);
  return { report: shape.parse(JSON.parse(output)), output };
}

/** The findings, a line each. */
export function findingLines({ findings }: DriftReport): string[] {
  return findings.map(({ resource, property, found }) => `${resource} ${property}: ${found}`);
}
