import { createHash } from "node:crypto";
import type { ProvisionedFiles } from "./files";
import type { OperatorObjects } from "./operator";
import type { Stack } from "./stack";

/**
 * A digest of everything that a stack declares, runs and provisions, with secrets by name only.
 * Policies judge a stack and are no part of it: an exception that is renewed changes nothing.
 */
export function planDigest(
  { settings, workloads }: Stack,
  files: ProvisionedFiles,
  operator?: OperatorObjects,
): string {
  const described = JSON.stringify([
    { ...settings, policies: undefined },
    workloads,
    [...files],
    ...(operator ? [operator] : []),
  ]);
  return `sha256:${createHash("sha256").update(described).digest("hex")}`;
}
