import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { kubectl } from "./cluster";
import { succeeds, whalewatch } from "./command";
import { TIERS } from "./prod-stack";

/** Said by the API server of every headless Service, for the value that it fills in itself. */
const OWN_REMARK = "Warning: spec.SessionAffinity is ignored for headless services";

/**
 * How many objects of a stack's render the API server takes in a dry run.
 * @throws AssertionError when it refuses one, or has something to remark.
 */
export async function takenInDryRun(stack: string): Promise<number> {
  const out = mkdtempSync(path.join(tmpdir(), "whalewatch-render-"));
  const args = ["render", "--platform", "kubernetes", "--stack", stack, "--out", out];
  // A dry run creates no namespace, so what lives in one needs it to be there.
  const namespaces = TIERS.map((tier) => `whalewatch-${stack}-${tier}`);
  try {
    await succeeds(whalewatch(args));
    for (const name of namespaces) await kubectl("create", "namespace", name);
    const apply = ["apply", "--server-side", "--force-conflicts", "--dry-run=server", "-R"];
    const applied = await kubectl(...apply, "-f", path.join(out, "manifests"));
    const lines = applied.trim().split("\n");
    const taken = lines.filter((line) => line.endsWith("serverside-applied (server dry run)"));
    assert.deepEqual(
      lines.filter((line) => !taken.includes(line) && line !== OWN_REMARK),
      [],
      "the API server has nothing to remark",
    );
    return taken.length;
  } finally {
    await kubectl("delete", "namespace", "--ignore-not-found", ...namespaces);
    rmSync(out, { recursive: true });
  }
}
