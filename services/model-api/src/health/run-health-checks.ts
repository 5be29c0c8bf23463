import { withTimeout } from "../with-timeout.js";
import { type CheckResult } from "./check-result.js";
import { describeError } from "./describe-error.js";
import { type HealthCheck } from "./health-check.js";
import { type HealthReport } from "./health-report.js";
import { worstStatus } from "./worst-status.js";

async function runOne(check: HealthCheck, timeoutMs: number): Promise<CheckResult> {
  const start = performance.now();
  const elapsed = () => Math.round((performance.now() - start) * 100) / 100;
  try {
    const outcome = await withTimeout(check.run(), timeoutMs);
    return { ...outcome, responseTimeMs: elapsed() };
  } catch (error) {
    return { status: "unhealthy", responseTimeMs: elapsed(), error: describeError(error) };
  }
}

/**
 * Runs all checks at the same time and folds them into one report.
 * @param timeoutMs how long each check may take; one that takes longer is unhealthy.
 */
export async function runHealthChecks(
  checks: readonly HealthCheck[],
  timeoutMs = 2000,
): Promise<HealthReport> {
  const results = await Promise.all(
    checks.map(async (check) => [check.name, await runOne(check, timeoutMs)] as const),
  );
  return {
    status: worstStatus(results.map(([, result]) => result.status)),
    checks: Object.fromEntries(results),
  };
}
