import type { OperatorMonitor, OperatorObjects, OperatorProbe } from "../../../../model/operator";
import type { Workload } from "../../../../model/workload";
import type { KubernetesObject, NamedObject, ObjectMeta } from "../kubernetes-object";
import {
  namespaceName,
  objectLabels,
  selectorLabels,
  stackLabels,
  type Tier,
  tierOf,
} from "../naming";
import type { ClusterContext } from "./context";
import { usedTiers } from "./objects";
import { portName } from "./pod-template";

const API_VERSION = "monitoring.coreos.com/v1";

/** Objects for the Prometheus operator of the cluster, each beside what it is about. */
export function operatorObjects(handed: OperatorObjects, context: ClusterContext): NamedObject[] {
  const { monitors, probes, rules, labels } = handed;
  return [
    ...monitors.map((monitor) => ({
      name: monitor.workload,
      object: serviceMonitor(monitor, labels, context),
    })),
    ...probes.map((probe) => ({
      name: probe.workload,
      object: probeObject(probe, labels, context),
    })),
    ...rules.map(({ name, ...group }) => ({
      name,
      object: {
        kind: "PrometheusRule",
        apiVersion: API_VERSION,
        metadata: {
          name,
          namespace: namespaceName(context.stack, ruleTier(context)),
          labels: { ...stackLabels(context.stack), ...labels },
        },
        spec: { groups: [{ name, ...group }] },
      } satisfies KubernetesObject,
    })),
  ];
}

function serviceMonitor(
  { workload: name, port, endpoint, ...limits }: OperatorMonitor,
  labels: OperatorObjects["labels"],
  context: ClusterContext,
): KubernetesObject {
  const workload = workloadOf(name, context);
  return {
    kind: "ServiceMonitor",
    apiVersion: API_VERSION,
    metadata: metadataBeside(workload, name, labels, context),
    spec: {
      selector: { matchLabels: selectorLabels(context.stack, workload) },
      endpoints: [{ port: portName({ container: port }), ...endpoint }],
      ...limits,
    },
  };
}

function probeObject(
  probe: OperatorProbe,
  userLabels: OperatorObjects["labels"],
  context: ClusterContext,
): KubernetesObject {
  const { workload, prober, jobName, module, interval, sampleLimit, url, labels } = probe;
  const asks = workloadOf(prober.workload, context);
  const host = `${prober.workload}.${namespaceName(context.stack, tierOf(asks))}.svc`;
  return {
    kind: "Probe",
    apiVersion: API_VERSION,
    metadata: metadataBeside(asks, workload, userLabels, context),
    spec: {
      jobName,
      prober: { url: `${host}:${prober.port}`, path: prober.path },
      module,
      interval,
      sampleLimit,
      targets: {
        staticConfig: { static: [url], labels, relabelingConfigs: probe.relabelings },
      },
    },
  };
}

function metadataBeside(
  workload: Workload,
  name: string,
  labels: OperatorObjects["labels"],
  { stack }: ClusterContext,
): ObjectMeta {
  return {
    name,
    namespace: namespaceName(stack, tierOf(workload)),
    labels: { ...objectLabels(stack, workload), ...labels },
  };
}

/** Rules are about the whole stack: they stand with what watches, or else with what there is. */
function ruleTier(context: ClusterContext): Tier {
  const tiers = usedTiers(context);
  return tiers.find((tier) => tier === "monitoring") ?? tiers[0] ?? "monitoring";
}

function workloadOf(name: string, { workloads }: ClusterContext): Workload {
  const found = workloads.find((workload) => workload.name === name);
  if (found === undefined) throw new RangeError(`Nothing is called ${name} that could be watched.`);
  return found;
}
