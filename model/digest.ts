import { createHash } from "node:crypto";
import type { ProvisionedFiles } from "./files";
import type { Stack } from "./stack";

/** A digest of everything that a stack declares, runs and provisions, with secrets by name only. */
export function planDigest({ settings, workloads }: Stack, files: ProvisionedFiles): string {
  const described = JSON.stringify([settings, workloads, [...files]]);
  return `sha256:${createHash("sha256").update(described).digest("hex")}`;
}
