import type { SecretText } from "./secrets";

/** A file's text, with or without secrets in it. */
export type FileContent = string | SecretText;

/**
 * A directory of provisioned files, mounted read-only as a whole: a volume on Docker, a ConfigMap
 * or Secret on Kubernetes.
 */
export interface FileMount {
  /** Unique within the workload. */
  readonly name: string;
  /** Directory inside the container. */
  readonly directory: string;
  /** Holds secrets: readable by the workload's user alone. */
  readonly sensitive: boolean;
  /** reload: the program takes a changed file by itself; replace: it must start anew. */
  readonly onChange: "reload" | "replace";
  /** File name to content; never empty. */
  readonly files: Readonly<Record<string, FileContent>>;
}

/** Every workload's mounts, by the workload's name. */
export type ProvisionedFiles = ReadonlyMap<string, readonly FileMount[]>;
