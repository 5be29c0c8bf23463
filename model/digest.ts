import { createHash } from "node:crypto";
import type { ProvisionedFiles } from "./files";
import type { Stack } from "./stack";

/** A digest of everything that a stack runs and provisions, with secrets by name only. */
export function planDigest({ workloads }: Stack, files: ProvisionedFiles): string {
  const described = JSON.stringify([workloads, [...files]]);
  return `sha256:${createHash("sha256").update(described).digest("hex")}`;
}
