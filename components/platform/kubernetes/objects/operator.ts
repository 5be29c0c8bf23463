import type { OperatorMonitor, OperatorObjects, OperatorProbe } from "../../../../model/operator";
import type { Workload } from "../../../../model/workload";
import type { KubernetesObject, NamedObject, ObjectMeta } from "../kubernetes-object";
import { namespaceName, objectLabels, selectorLabels, stackLabels, tierOf } from "../naming";
import type { ClusterContext } from "./context";
import { portName } from "./pod-template";

const API_VERSION = "monitoring.coreos.com/v1";
const ALERTING_API_VERSION = "monitoring.coreos.com/v1alpha1";
/** The one object that says who is told. */
const ALERTING = "alerts";

/** Objects for the Prometheus operator of the cluster, each beside what it is about. */
export function operatorObjects(handed: OperatorObjects, context: ClusterContext): NamedObject[] {
  const { monitors, probes, rules, labels, alerting } = handed;
  const metadata = (name: string): ObjectMeta => ({
    name,
    namespace: namespaceName(context.stack, handed.tier),
    labels: { ...stackLabels(context.stack), ...labels },
  });
  return [
    ...monitors.map((monitor) => ({
      name: monitor.workload,
      object: serviceMonitor(monitor, labels, context),
    })),
    ...probes.map((probe) => ({
      name: probe.name,
      object: probeObject(probe, labels, context),
    })),
    ...rules.map(({ name, ...group }) => ({
      name,
      object: {
        kind: "PrometheusRule",
        apiVersion: API_VERSION,
        metadata: metadata(name),
        spec: { groups: [{ name, ...group }] },
      } satisfies KubernetesObject,
    })),
    ...(alerting
      ? [
          {
            name: ALERTING,
            object: {
              kind: "AlertmanagerConfig",
              apiVersion: ALERTING_API_VERSION,
              metadata: metadata(ALERTING),
              spec: alerting.spec,
            } satisfies KubernetesObject,
          },
        ]
      : []),
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
  const { name, prober, jobName, module, interval, scrapeTimeout, sampleLimit, url, labels } =
    probe;
  const asks = workloadOf(prober.workload, context);
  const host = `${prober.workload}.${namespaceName(context.stack, tierOf(asks))}.svc`;
  return {
    kind: "Probe",
    apiVersion: API_VERSION,
    metadata: metadataBeside(asks, name, userLabels, context),
    spec: {
      jobName,
      prober: { url: `${host}:${prober.port}`, path: prober.path },
      module,
      interval,
      ...(scrapeTimeout !== undefined && { scrapeTimeout }),
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

function workloadOf(name: string, { workloads }: ClusterContext): Workload {
  const found = workloads.find((workload) => workload.name === name);
  if (found === undefined) throw new RangeError(`Nothing is called ${name} that could be watched.`);
  return found;
}
