import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { MANIFESTS_FOLDER } from "../../../cli/render/manifests";
import { kubectl } from "./cluster";
import { succeeds, whalewatch } from "./command";
import { TIERS } from "./prod-stack";

/** Said by the API server of every headless Service, for the value that it fills in itself. */
const OWN_REMARK = "Warning: spec.SessionAffinity is ignored for headless services";
const object = z.object({ kind: z.string() });

/**
 * The kind of each object of a stack's render, all of which the API server takes in a dry run of the
 * command that `render` names.
 * @throws AssertionError when it refuses or leaves out one, or has something to remark.
 */
export async function takenInDryRun(stack: string): Promise<string[]> {
  const out = mkdtempSync(path.join(tmpdir(), "whalewatch-render-"));
  const args = ["render", "--platform", "kubernetes", "--stack", stack, "--out", out];
  // A dry run creates no namespace, so what lives in one needs it to be there.
  const namespaces = TIERS.map((tier) => `whalewatch-${stack}-${tier}`);
  try {
    await succeeds(whalewatch(args));
    for (const name of namespaces) await kubectl("create", "namespace", name);
    const apply = ["apply", "--server-side", "--force-conflicts", "--dry-run=server"];
    const applied = await kubectl(...apply, "-k", out);
    const lines = applied.trim().split("\n");
    const taken = lines.filter((line) => line.endsWith("serverside-applied (server dry run)"));
    assert.deepEqual(
      lines.filter((line) => !taken.includes(line) && line !== OWN_REMARK),
      [],
      "the API server has nothing to remark",
    );
    const kinds = kindsIn(path.join(out, MANIFESTS_FOLDER));
    assert.equal(taken.length, kinds.length, "every manifest is one of kustomization.yaml");
    return kinds;
  } finally {
    await kubectl("delete", "namespace", "--ignore-not-found", ...namespaces);
    rmSync(out, { recursive: true });
  }
}

function kindsIn(folder: string): string[] {
  return readdirSync(folder).map(
    (file) => object.parse(parse(readFileSync(path.join(folder, file), "utf8"))).kind,
  );
}
