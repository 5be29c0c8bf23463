import type { ClusterAccess } from "./cluster-access";
import type { Limits } from "./limits";
import type { Schedule } from "./schedule";
import type { Duration } from "./units/duration";
import type { Size } from "./units/size";

/**
 * What a workload is to the stack; it decides how a platform treats it.
 * service: the user's own; store: keeps data behind a closed network, or copies of it; monitor: watches;
 * exporter: translates for a monitor.
 */
export type WorkloadRole = "service" | "store" | "monitor" | "exporter";

/** A port inside the container, and the host port that leads to it, if any. */
export interface Port {
  /** Port inside the container, 1 to 65535. */
  readonly container: number;
  /** @default "tcp" */
  readonly protocol?: "tcp" | "udp";
  /** Only the workload's own replicas connect to it, also before they are ready; default false. */
  readonly amongReplicas?: boolean;
  /** Host address and port; absent: not reachable from the host. */
  readonly publish?: { readonly address: string; readonly port: number };
}

/** How a platform asks whether the workload is well. */
export type HealthCheck =
  /** Well when a GET answers 2xx. */
  | { readonly kind: "http"; readonly port: number; readonly path: string }
  /** Well when the shell line exits with 0. */
  | { readonly kind: "shell"; readonly line: string }
  /** Well when the command exits with 0; needs no shell. */
  | { readonly kind: "command"; readonly command: readonly string[] };

/** Something outside the stack that a workload connects to. */
export interface OutsidePeer {
  /** A host name or an IPv4 address. */
  readonly host: string;
  readonly port: number;
  /** The IPv4 addresses that the name may lead to, such as `10.0.4.0/24`; absent: any. */
  readonly cidr?: string;
}

/** A volume whose data outlives the container. */
export interface DataVolume {
  /** Unique within the workload. */
  readonly name: string;
  /** Where it is mounted. */
  readonly path: string;
  /** What it should hold; Kubernetes enforces it, Docker does not. */
  readonly storage: Size;
}

/** A container or pod template, in words that know nothing of any platform or program. */
export interface Workload {
  /** A DNS label, unique in the stack: the name by which peers reach it. */
  readonly name: string;
  readonly role: WorkloadRole;
  readonly image: string;
  /** Folder to build the image from; absent: pulled. */
  readonly build?: { readonly context: string; readonly dockerfile: string };
  /** Arguments in place of the image's command. */
  readonly command?: readonly string[];
  /** Runs at these times and ends, in place of running all the time; it has no health and no replicas. */
  readonly schedule?: Schedule;
  /** How many run side by side; a store has one. */
  readonly replicas: number;
  /** Adds replicas up to a number while CPU is busier than this share of the limit. */
  readonly autoscale?: { readonly maxReplicas: number; readonly cpuPercent: number };
  /**
   * A second name that leads to each replica, also to one that is not ready, for who looks at what is
   * unwell; absent: nobody asks for it, or `name` itself does.
   */
  readonly everyReplicaName?: string;
  /** Host name under which it is reached from outside the cluster. */
  readonly host?: string;
  readonly limits: Limits;
  /** Numeric, never root. */
  readonly user: { readonly uid: number; readonly gid: number };
  /** false only where the program cannot live with it. */
  readonly readOnlyRoot: boolean;
  readonly ports: readonly Port[];
  /** The network it listens on; whoever connects to it joins that network. */
  readonly network: string;
  /** Names of the workloads it opens connections to. */
  readonly connects: readonly string[];
  /** What it connects to outside the stack; absent: nothing. Nobody waits for any of it. */
  readonly outside?: readonly OutsidePeer[];
  /** Who may connect from other namespaces of the cluster, and to which port; absent: nobody. */
  readonly visitors?: readonly { readonly namespace: string; readonly port: number }[];
  /** May open connections to the internet. */
  readonly internet: boolean;
  /** What it reads of the cluster that runs it; absent: nothing, and it has no token. */
  readonly clusterAccess?: ClusterAccess;
  /** Absent: running is all that is known of it. */
  readonly health?: HealthCheck;
  /** Never a secret: secrets are files. */
  readonly env: Readonly<Record<string, string>>;
  /** A variable that carries the replica's own name, where the program needs to know it. */
  readonly replicaVariable?: string;
  readonly volumes: readonly DataVolume[];
  /** Directories in memory, lost with the container. */
  readonly scratch: readonly { readonly path: string; readonly size: Size }[];
  /** Directories of the host, always read-only. */
  readonly hostDirectories: readonly { readonly host: string; readonly path: string }[];
  /**
   * Path of the Docker engine's socket on the host, handed in under the same path; absent: it has none.
   * Who can open it can do everything that the engine can.
   */
  readonly engineSocket?: string;
  /** How long one may take until it is healthy; absent: as long as the platform gives everybody. */
  readonly startWithin?: Duration;
  /** Time from SIGTERM to SIGKILL. */
  readonly stopGrace: Duration;
}
