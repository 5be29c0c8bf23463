import type { input } from "@pulumi/kubernetes/types";
import { mirroredImage } from "../../../../model/image-reference";
import type { FileMount } from "../../../../model/files";
import { Duration } from "../../../../model/units/duration";
import type { DataVolume, Port, Workload } from "../../../../model/workload";
import { namespaceName, objectLabels, selectorLabels, TIERS, tierOf } from "../naming";
import { configMapName } from "./config-map";
import type { ClusterContext } from "./context";
import { verbatim } from "./expansion";
import { probes } from "./probes";
import { mostReplicas } from "./replicas";

/** Share of the CPU limit that the scheduler sets aside: most of the time most programs idle. */
const CPU_REQUEST_SHARE = 0.2;
const LEAST_CPU_REQUEST_MILLIS = 10;
/**
 * Between the order to stop and the stop, a service goes on answering for as long as routes, proxies and
 * resolvers may still send it requests.
 */
const DRAIN = Duration.seconds(5);

/** The pods of a workload, as the `restricted` Pod Security level wants them. */
export function podTemplate(
  workload: Workload,
  mounts: readonly FileMount[],
  context: ClusterContext,
): input.core.v1.PodTemplateSpec {
  const { stack, settings } = context;
  const { uid, gid } = workload.user;
  return {
    metadata: { labels: objectLabels(stack, workload) },
    spec: {
      serviceAccountName: workload.name,
      automountServiceAccountToken: workload.clusterAccess !== undefined,
      enableServiceLinks: false,
      terminationGracePeriodSeconds:
        workload.stopGrace.seconds + (answers(workload) ? DRAIN.seconds : 0),
      securityContext: {
        runAsNonRoot: true,
        runAsUser: uid,
        runAsGroup: gid,
        fsGroup: gid,
        // Changing the group of a large volume file by file would delay each start.
        fsGroupChangePolicy: "OnRootMismatch",
        seccompProfile: { type: "RuntimeDefault" },
      },
      // What failed stays to be looked at; the job starts another.
      ...(workload.schedule !== undefined && { restartPolicy: "Never" }),
      ...(settings.imagePullSecrets.length > 0 && {
        imagePullSecrets: settings.imagePullSecrets.map((name) => ({ name })),
      }),
      ...nameSearch(workload, context),
      // What reads a node belongs on every node, those of the control plane too.
      ...(workload.hostDirectories.length > 0 && {
        tolerations: [{ operator: "Exists", effect: "NoSchedule" }],
      }),
      ...spread(workload, context),
      containers: [container(workload, mounts, context)],
      volumes: [
        ...fileVolumes(workload, mounts, context),
        ...claimVolumes(workload),
        ...plainVolumes(workload),
      ],
    },
  };
}

function container(
  workload: Workload,
  mounts: readonly FileMount[],
  { settings }: ClusterContext,
): input.core.v1.Container {
  const { limits, command, env, replicaVariable, ports } = workload;
  const memory = `${limits.memory.mebibytes}Mi`;
  const cpuRequest = Math.max(
    LEAST_CPU_REQUEST_MILLIS,
    Math.round(limits.cpu.millis * CPU_REQUEST_SHARE),
  );
  return {
    name: workload.name,
    image: mirroredImage(workload.image, settings.registryMirror),
    imagePullPolicy: "IfNotPresent",
    ...(command && { args: command.map(verbatim) }),
    env: [
      ...Object.entries(env).map(([name, value]) => ({ name, value: verbatim(value) })),
      ...(replicaVariable === undefined
        ? []
        : [{ name: replicaVariable, valueFrom: { fieldRef: { fieldPath: "metadata.name" } } }]),
    ],
    ports: ports.map((port) => ({
      name: portName(port),
      containerPort: port.container,
      ...(port.protocol === "udp" && { protocol: "UDP" }),
    })),
    resources: {
      // Memory is never promised twice; a full node would have to kill somebody.
      requests: { memory, cpu: `${cpuRequest}m` },
      limits: { memory, cpu: `${limits.cpu.millis}m` },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      privileged: false,
      readOnlyRootFilesystem: workload.readOnlyRoot,
      capabilities: { drop: ["ALL"] },
    },
    ...probes(workload),
    ...(answers(workload) && { lifecycle: { preStop: { sleep: { seconds: DRAIN.seconds } } } }),
    volumeMounts: [
      ...mounts.map(({ name, directory }) => ({
        name: `files-${name}`,
        mountPath: directory,
        readOnly: true,
      })),
      ...workload.volumes.map((volume) => ({ name: claimName(volume), mountPath: volume.path })),
      ...workload.scratch.map(({ path }) => ({ name: scratchName(path), mountPath: path })),
      ...workload.hostDirectories.map(({ host, path }) => ({
        name: hostName(host),
        mountPath: path,
        readOnly: true,
      })),
    ],
  };
}

/** Whether others send it requests, which must not be lost while it is replaced. */
function answers({ role, ports }: Workload): boolean {
  return role === "service" && ports.length > 0;
}

/** A port's name, as Services refer to it. */
export function portName({ container, protocol = "tcp" }: Port): string {
  return `${protocol}-${container}`;
}

/**
 * Peers are found by their short names whatever tier they are in. Only tiers with a peer are
 * searched: musl, as in Alpine images, drops a search line above 255 characters altogether.
 */
function nameSearch(
  workload: Workload,
  { stack, settings, workloads }: ClusterContext,
): Pick<input.core.v1.PodSpec, "dnsConfig"> {
  const peers = workloads.filter(({ name }) => workload.connects.includes(name)).map(tierOf);
  const others = TIERS.filter((tier) => tier !== tierOf(workload) && peers.includes(tier));
  if (others.length === 0) return {};
  const searches = others.map(
    (tier) => `${namespaceName(stack, tier)}.svc.${settings.clusterDomain}`,
  );
  return { dnsConfig: { searches } };
}

/** Replicas apart from one another where the cluster has room, together where it has not. */
function spread(
  workload: Workload,
  { stack }: ClusterContext,
): Pick<input.core.v1.PodSpec, "topologySpreadConstraints" | "affinity"> {
  if (mostReplicas(workload) === 1) return {};
  const labelSelector = { matchLabels: selectorLabels(stack, workload) };
  return {
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "topology.kubernetes.io/zone",
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector,
      },
    ],
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 100,
            podAffinityTerm: { topologyKey: "kubernetes.io/hostname", labelSelector },
          },
        ],
      },
    },
  };
}

/**
 * The name of a volume's claim: the volume's own, unless it begins like one of the names that are
 * given here, since a pod's volumes share one space of names.
 */
export function claimName({ name }: DataVolume): string {
  return /^(?:files|scratch|host|volume)-/.test(name) ? `volume-${name}` : name;
}

function fileVolumes(
  workload: Workload,
  mounts: readonly FileMount[],
  { secretName }: ClusterContext,
): input.core.v1.Volume[] {
  return mounts.map((mount) => ({
    name: `files-${mount.name}`,
    ...(mount.sensitive
      ? // Readable by the pod's group, which is the workload's own; the files belong to root.
        { secret: { secretName: secretName(workload, mount), defaultMode: 0o440 } }
      : { configMap: { name: configMapName(workload, mount), defaultMode: 0o444 } }),
  }));
}

/** The claims that stand apart; those of a StatefulSet come with it. */
function claimVolumes(workload: Workload): input.core.v1.Volume[] {
  if (workload.schedule === undefined) return [];
  return workload.volumes.map((volume) => ({
    name: claimName(volume),
    persistentVolumeClaim: { claimName: sharedClaimName(workload, volume) },
  }));
}

/** The name of a claim that all runs of a workload share. */
export function sharedClaimName({ name }: Workload, volume: DataVolume): string {
  return `${claimName(volume)}-${name}`;
}

function plainVolumes({ scratch, hostDirectories }: Workload): input.core.v1.Volume[] {
  return [
    ...scratch.map(({ path, size }) => ({
      name: scratchName(path),
      emptyDir: { medium: "Memory", sizeLimit: `${size.mebibytes}Mi` },
    })),
    ...hostDirectories.map(({ host }) => ({ name: hostName(host), hostPath: { path: host } })),
  ];
}

const scratchName = (path: string): string => `scratch${path.replace(/[^a-z0-9]+/g, "-")}`;
const hostName = (host: string): string =>
  host === "/" ? "host-root" : `host${host.replace(/[^a-z0-9]+/g, "-")}`;
