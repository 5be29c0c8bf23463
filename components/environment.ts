import * as pulumi from "@pulumi/pulumi";
import type { ProvisionedFiles } from "../model/files";
import type { OperatorObjects } from "../model/operator";
import type { GeneratedSecret, SecretReference } from "../model/secrets";
import { type Stack, startsAfter } from "../model/stack";
import { ALERTMANAGER } from "../model/workloads/alertmanager";
import { BLACKBOX_EXPORTER } from "../model/workloads/blackbox-exporter";
import { DOCKER_STATS_COLLECTOR } from "../model/workloads/docker-stats-collector";
import { GRAFANA } from "../model/workloads/grafana";
import { KUBE_STATE_METRICS } from "../model/workloads/kube-state-metrics";
import { NODE_EXPORTER } from "../model/workloads/node-exporter";
import { POSTGRES } from "../model/workloads/postgres";
import { POSTGRES_BACKUP } from "../model/workloads/postgres-backup";
import { POSTGRES_EXPORTER } from "../model/workloads/postgres-exporter";
import { PROMETHEUS, shardIndex } from "../model/workloads/prometheus";
import { REDIS } from "../model/workloads/redis";
import { REDIS_EXPORTER } from "../model/workloads/redis-exporter";
import { Alertmanager } from "./alertmanager";
import { ApiService } from "./api-service";
import { BlackboxExporter } from "./blackbox-exporter";
import { DockerStatsCollector } from "./docker-stats-collector";
import { Grafana } from "./grafana";
import { HandedOver } from "./handed-over";
import { KubeStateMetrics } from "./kube-state-metrics";
import { NodeExporter } from "./node-exporter";
import type { Platform } from "./platform/platform";
import { Postgres } from "./postgres";
import { PostgresBackup } from "./postgres-backup";
import { PostgresExporter } from "./postgres-exporter";
import { Prometheus } from "./prometheus";
import { Redis } from "./redis";
import { RedisExporter } from "./redis-exporter";
import type { WorkloadComponent, WorkloadComponentArgs } from "./workload-component";

/** What an environment is made from. */
export interface EnvironmentArgs {
  readonly stack: Stack;
  readonly files: ProvisionedFiles;
  /** What the cluster's Prometheus operator is told; absent: the stack watches itself. */
  readonly operator?: OperatorObjects | undefined;
  /** Where it runs; passed in, so that neither platform's packages load for the other. */
  readonly Platform: PlatformClass;
  /** Gives a secret of the stack file by its name. */
  readonly declaredSecret: (name: string) => pulumi.Output<string>;
}

/** A platform's constructor: it makes what all workloads share as children of the environment. */
export type PlatformClass = new (
  name: string,
  stack: Stack,
  opts: pulumi.ComponentResourceOptions,
) => Platform;

type ComponentClass = new (
  name: string,
  args: WorkloadComponentArgs,
  opts?: pulumi.ComponentResourceOptions,
) => WorkloadComponent;

/** The component of each supported program; every other workload is a service. */
const COMPONENTS: ReadonlyMap<string, ComponentClass> = new Map<string, ComponentClass>([
  [ALERTMANAGER, Alertmanager],
  [BLACKBOX_EXPORTER, BlackboxExporter],
  [DOCKER_STATS_COLLECTOR, DockerStatsCollector],
  [GRAFANA, Grafana],
  [KUBE_STATE_METRICS, KubeStateMetrics],
  [NODE_EXPORTER, NodeExporter],
  [POSTGRES, Postgres],
  [POSTGRES_BACKUP, PostgresBackup],
  [POSTGRES_EXPORTER, PostgresExporter],
  [PROMETHEUS, Prometheus],
  [REDIS, Redis],
  [REDIS_EXPORTER, RedisExporter],
]);

function componentOf(workload: string): ComponentClass {
  return shardIndex(workload) === undefined ? (COMPONENTS.get(workload) ?? ApiService) : Prometheus;
}

/** A whole environment: every declared service, its stores, and what watches them. */
export class Environment extends pulumi.ComponentResource {
  /** Where people reach everything that is published, by workload. */
  readonly urls: Readonly<Record<string, string>>;
  /** The passwords that the stack generated, by what they open; secret. */
  readonly passwords: ReadonlyMap<GeneratedSecret, pulumi.Output<string>>;

  constructor(name: string, args: EnvironmentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("whalewatch:index:Environment", name, {}, opts);
    const { stack, files, operator, declaredSecret, Platform } = args;
    const rotations: ReadonlyMap<string, number> = new Map(
      Object.entries(stack.settings.rotations),
    );
    const platform = new Platform(`${name}-platform`, stack, { parent: this });
    const placed = new Map<string, WorkloadComponent>();
    const passwords = new Map<GeneratedSecret, pulumi.Output<string>>();
    const secrets = (reference: SecretReference): pulumi.Output<string> => {
      if ("declared" in reference) return declaredSecret(reference.declared);
      const password = passwords.get(reference.generated);
      if (password === undefined) {
        throw new pulumi.RunError(
          `The password ${reference.generated} is used before the component that makes it: place that component first.`,
        );
      }
      return password;
    };
    for (const workload of stack.workloads) {
      const Component = componentOf(workload.name);
      const component = new Component(
        workload.name,
        {
          workload,
          mounts: files.get(workload.name) ?? [],
          platform,
          secrets,
          rotation: rotations.get(workload.name) ?? 0,
          after: startsAfter(workload).flatMap((peer) => placed.get(peer)?.ready ?? []),
        },
        { parent: this },
      );
      placed.set(workload.name, component);
      component.passwords.forEach((password, secret) => passwords.set(secret, password));
    }
    if (operator) {
      new HandedOver("operator", { objects: operator, platform, secrets }, { parent: this });
    }
    this.urls = Object.fromEntries(
      [...placed].flatMap(([workload, { address }]) =>
        address === undefined ? [] : [[workload, address]],
      ),
    );
    this.passwords = passwords;
    this.registerOutputs({ urls: this.urls });
  }
}
