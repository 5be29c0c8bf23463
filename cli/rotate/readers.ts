import type { ProvisionedFiles } from "../../model/files";
import type { GeneratedSecret } from "../../model/secrets";

/** The workloads that have one of these passwords in a file, and are replaced with it. */
export function readersOf(
  files: ProvisionedFiles,
  secrets: readonly GeneratedSecret[],
): readonly string[] {
  return [...files].flatMap(([workload, mounts]) => {
    const parts = mounts
      .flatMap((mount) => Object.values(mount.files))
      .flatMap((content) => (typeof content === "string" ? [] : content.parts));
    const reads = parts.some(
      (part) => typeof part !== "string" && "generated" in part && secrets.includes(part.generated),
    );
    return reads ? [workload] : [];
  });
}
