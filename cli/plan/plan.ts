import type { PolicyLevel } from "../../model/policy-names";

/** Version of the format of plan.json; it grows when a field is renamed, removed or changes meaning. */
export const PLAN_VERSION = 1;

/** out/<stack>/plan.json: what an `up` would create, for people, reviews and scripts. */
export interface Plan {
  readonly version: typeof PLAN_VERSION;
  readonly project: string;
  readonly stack: string;
  /** Every resource in order of registration; parent is a URN. */
  readonly resources: readonly {
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    readonly parent: string | null;
  }[];
  readonly workloads: readonly PlannedWorkload[];
  /** What Prometheus scrapes. */
  readonly targets: readonly {
    readonly job: string;
    readonly workload: string;
    readonly port: number;
    readonly path: string;
    readonly intervalSeconds: number;
  }[];
  /** What is asked outside the stack. */
  readonly outsideProbes: readonly {
    readonly name: string;
    readonly url: string;
    readonly intervalSeconds: number;
  }[];
  /** Every alerting rule, in the order in which they are evaluated. */
  readonly alerts: readonly PlannedAlert[];
  /** Who is told of alerts, and of which. */
  readonly receivers: readonly PlannedReceiver[];
  /** Every dashboard, with how many panels it has. */
  readonly dashboards: readonly {
    readonly uid: string;
    readonly title: string;
    readonly panels: number;
  }[];
  /** Every provisioned file; the digest is of the text with its secrets masked. */
  readonly files: readonly {
    readonly workload: string;
    readonly path: string;
    readonly sha256: string;
  }[];
  /** All memory limits together against the host. */
  readonly budget: { readonly limitsMiB: number; readonly hostMiB: number };
  readonly policies: PlannedPolicies;
}

/** What policies say of the stack. */
export interface PlannedPolicies {
  /** The policies that were looked at: all but the disabled ones. */
  readonly checked: readonly string[];
  readonly violations: readonly {
    readonly policy: string;
    /** mandatory: the plan fails, and so does an update. */
    readonly level: PolicyLevel;
    /** Resource name; the stack's for what is about all of it. */
    readonly resource: string;
    readonly workload: string | null;
    readonly urn: string | null;
    readonly message: string;
    readonly remedy: string;
  }[];
  /** The stack file's exceptions. unused: nothing needs it. expired: it takes nothing away any more. */
  readonly exceptions: readonly {
    readonly policy: string;
    readonly workload: string | null;
    readonly resource: string | null;
    readonly reason: string;
    /** The last day on which it counts. */
    readonly expires: string;
    readonly state: "used" | "unused" | "expired";
  }[];
}

/** A receiver of alerts in the plan. */
export interface PlannedReceiver {
  readonly name: string;
  /** The channel, such as `telegram`. */
  readonly kind: string;
  /** Severities that it is told of, of services without a team and of all else. */
  readonly severities: readonly string[];
  /** Severities that it is told of, by the team whose services they are about. */
  readonly teams: Readonly<Record<string, readonly string[]>>;
}

/** An alerting rule in the plan. */
export interface PlannedAlert {
  /** The rule group, one for each subject. */
  readonly group: string;
  readonly name: string;
  readonly severity: string;
  /** How long it must hold, in Prometheus' notation; null: fires at once. */
  readonly for: string | null;
  /** The condition, with the threshold in it. */
  readonly expr: string;
}

/** A workload in the plan; limits are those of one replica. */
export interface PlannedWorkload {
  readonly name: string;
  readonly role: string;
  readonly image: string;
  readonly replicas: number;
  /** When it runs; null: all the time. */
  readonly schedule: string | null;
  readonly limits: { readonly memoryMiB: number; readonly cpuMillis: number };
  /** Ports that the host publishes. */
  readonly ports: readonly {
    readonly ip: string;
    readonly host: number;
    readonly container: number;
  }[];
  readonly connects: readonly string[];
  readonly networks: readonly string[];
  readonly volumes: readonly { readonly name: string; readonly path: string }[];
  /** uid:gid. */
  readonly user: string;
  /** Its root file system is read-only. */
  readonly readOnly: boolean;
}
