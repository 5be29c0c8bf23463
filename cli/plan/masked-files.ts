import path from "node:path/posix";
import type { FileContent, ProvisionedFiles } from "../../model/files";

/** What stands in place of a secret in anything that is shown or written. */
const MASK = "[secret]";

/** A provisioned file as it may be shown. */
export interface MaskedFile {
  readonly workload: string;
  /** Path inside the container. */
  readonly path: string;
  readonly text: string;
}

/** Every provisioned file with its secrets masked, by workload and path. */
export function maskedFiles(files: ProvisionedFiles): MaskedFile[] {
  return [...files].flatMap(([workload, mounts]) =>
    mounts.flatMap(({ directory, files: inDirectory }) =>
      Object.entries(inDirectory).map(([name, content]) => ({
        workload,
        path: path.join(directory, name),
        text: masked(content),
      })),
    ),
  );
}

function masked(content: FileContent): string {
  if (typeof content === "string") return content;
  return content.parts.map((part) => (typeof part === "string" ? part : MASK)).join("");
}
