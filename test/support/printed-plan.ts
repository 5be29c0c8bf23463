import type { TestContext } from "node:test";
import { plan, type PlanOptions } from "../../cli/commands/plan";

/** Runs the plan command and returns what it printed. */
export async function planned(
  context: TestContext,
  directory: string,
  options: PlanOptions,
): Promise<string> {
  const log = context.mock.method(console, "log", () => undefined);
  try {
    await plan(directory, options);
    return log.mock.calls.map((call) => call.arguments.join(" ")).join("\n");
  } finally {
    log.mock.restore();
  }
}
