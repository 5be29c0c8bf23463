import { UNKNOWN } from "../../policies/field";
import type { PolicyResource } from "../../policies/policy";

type Properties = Readonly<Record<string, unknown>>;

/** A resource of any type; what is undefined is absent. */
export function resource(
  type: string,
  name: string,
  properties: Properties,
  protect = false,
): PolicyResource {
  return {
    urn: `urn:pulumi:try::whalewatch::${type}::${name}`,
    type,
    name,
    protect,
    properties: present(properties),
  };
}

function present(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
}

/** The labels by which Docker resources belong to a workload. */
const labelled = (workload: string) => [{ label: "whalewatch.workload", value: workload }];

/** A container of the Docker provider without a fault, with changes. */
export function dockerContainer(changes: Properties = {}, workload = "api"): PolicyResource {
  return resource("docker:index/container:Container", `${workload}-container`, {
    name: `whalewatch.try.${workload}`,
    image: UNKNOWN,
    labels: labelled(workload),
    user: "1000:1000",
    memory: 64,
    memorySwap: 64,
    cpus: "0.25",
    readOnly: true,
    networkMode: "bridge",
    networksAdvanced: [{ name: UNKNOWN, aliases: [workload] }],
    capabilities: { drops: ["ALL"] },
    securityOpts: ["no-new-privileges:true"],
    envs: ["LOG_LEVEL=info"],
    destroyGraceSeconds: 30,
    volumes: [
      { volumeName: UNKNOWN, containerPath: "/run/secrets", readOnly: true },
      { volumeName: `whalewatch.try.${workload}.data`, containerPath: "/data" },
    ],
    ...changes,
  });
}

/** What carries files on Docker: it is created and never started. */
export function dockerFiller(changes: Properties = {}): PolicyResource {
  const { properties, type } = dockerContainer({
    ...{ start: false, mustRun: false, readOnly: undefined, networkMode: "none" },
    ...{ envs: undefined, destroyGraceSeconds: undefined, memory: 16, memorySwap: 16 },
    uploads: [{ file: "/run/secrets/redis", content: UNKNOWN }],
    ...changes,
  });
  return resource(type, "api-files", properties);
}

/** A data volume of the Docker provider. */
export function dockerVolume(name: string, protect: boolean): PolicyResource {
  return resource("docker:index/volume:Volume", `${name}-volume`, { name }, protect);
}

/** What may differ of a controller in Kubernetes. */
export interface ControllerChanges {
  readonly container?: Properties;
  readonly security?: Properties;
  readonly pod?: Properties;
  readonly spec?: Properties;
  readonly initContainers?: readonly unknown[];
}

/** A container of a pod without a fault, with changes. */
export function podContainer(changes: Properties = {}, security: Properties = {}): Properties {
  return present({
    name: "api",
    image: "registry.example.com/api:1.0.0",
    resources: { limits: { memory: "64Mi", cpu: "250m" } },
    securityContext: present({
      allowPrivilegeEscalation: false,
      privileged: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
      ...security,
    }),
    env: [{ name: "LOG_LEVEL", value: "info" }],
    volumeMounts: [],
    ...changes,
  });
}

/** What runs pods without a fault, with changes. */
export function controller(
  kind: "Deployment" | "StatefulSet" | "DaemonSet" | "CronJob",
  changes: ControllerChanges = {},
  workload = "api",
): PolicyResource {
  const pod = present({
    terminationGracePeriodSeconds: 30,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 1000,
      seccompProfile: { type: "RuntimeDefault" },
    },
    volumes: [{ name: "files-secrets", secret: { secretName: UNKNOWN } }],
    containers: [podContainer(changes.container, changes.security)],
    initContainers: changes.initContainers,
    ...changes.pod,
  });
  const template = { spec: pod };
  const scheduled = { schedule: "0 * * * *", jobTemplate: { spec: { template } } };
  const group = kind === "CronJob" ? "batch" : "apps";
  return resource(`kubernetes:${group}/v1:${kind}`, `${workload}-${kind.toLowerCase()}`, {
    metadata: {
      name: workload,
      namespace: "whalewatch-try-services",
      labels: { "app.kubernetes.io/name": workload },
    },
    spec: present({ ...(kind === "CronJob" ? scheduled : { template }), ...changes.spec }),
  });
}

/** An object of Kubernetes that runs nothing. */
export function object(
  type: string,
  name: string,
  properties: Properties,
  protect = false,
): PolicyResource {
  return resource(`kubernetes:${type}`, name, properties, protect);
}
