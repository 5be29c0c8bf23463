import type { Field } from "../field";

/**
 * A container in words that both platforms share. Each field is read when it is asked for, so that
 * a policy stumbles over nothing unknown but what it judges.
 */
export interface ContainerView {
  /** How a message names it. */
  readonly title: string;
  /** false: it carries files and is never started. */
  readonly runs: boolean;
  /** As it was given: a name, or an image's id that an update finds out. */
  readonly image: Field;
  /** Limit in MiB; undefined: none. */
  readonly memoryMiB: number | undefined;
  /** Whether CPU time is limited. */
  readonly hasCpuLimit: boolean;
  /** How many may run of it; undefined: an autoscaler decides, or there is one on each node. */
  readonly replicas: number | undefined;
  readonly privileged: boolean;
  /** A process may gain more privileges than its parent has. */
  readonly escalates: boolean;
  /** Capabilities beyond what is left after dropping, without `CAP_`. */
  readonly addedCapabilities: readonly string[];
  readonly dropsAllCapabilities: boolean;
  /** Profiles of the kernel that were switched off, such as `seccomp=unconfined`. */
  readonly unconfined: readonly string[];
  /** The numeric user is 0, or no user is named. */
  readonly runsAsRoot: boolean;
  /** The host's namespaces that it lives in, such as `network`. */
  readonly hostNamespaces: readonly string[];
  readonly hostMounts: readonly HostMount[];
  readonly hasReadOnlyRoot: boolean;
  /** Ports that are open on an address of the host. */
  readonly hostPorts: readonly HostPort[];
  /** What everybody reads who may look at the container: variables and words of the command. */
  readonly shown: readonly ShownText[];
  /** From the signal to stop until it is killed, in seconds. */
  readonly stopSeconds: number;
}

/** A directory or device of the host inside a container. */
export interface HostMount {
  readonly host: string;
  readonly path: string;
  readonly readOnly: boolean;
}

/** A port on an address of the host; `0.0.0.0` is every one. */
export interface HostPort {
  readonly address: string;
  readonly port: number | undefined;
}

/** A text in the open, and where it stands. */
export interface ShownText {
  /** Such as `env LOG_LEVEL` or `command`. */
  readonly place: string;
  /** The name that goes with it, if it has one. */
  readonly name?: string;
  readonly text: string;
}
