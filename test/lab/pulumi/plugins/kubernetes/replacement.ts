import { isProperties, type Properties, type Value } from "../protocol/values";
import type { FieldChange } from "./compare";

/** Settings of the provider that make data changeable in place. */
export interface Mutability {
  configMaps: boolean;
  secrets: boolean;
}

const SELECTOR = ["spec.selector"];
const ROLE = ["roleRef"];
const JOB = ["spec.completions", "spec.parallelism", "spec.selector", "spec.template"];
const STATEFUL_SET = [
  "spec.podManagementPolicy",
  "spec.revisionHistoryLimit",
  "spec.selector",
  "spec.serviceName",
  "spec.volumeClaimTemplates",
];
const CLAIM = ["spec.accessModes", "spec.selector", "spec.storageClassName", "spec.volumeName"];

const VOLUME = (
  "awsElasticBlockStore azureDisk azureFile cephfs cinder csi fc flexVolume flocker " +
  "gcePersistentDisk glusterfs hostPath iscsi local nfs photonPersistentDisk portworxVolume " +
  "quobyte rbd scaleIO storageos vsphereVolume"
).split(" ");

const POD = (
  "affinity automountServiceAccountToken dnsConfig dnsPolicy enableServiceLinks hostAliases hostIPC " +
  "hostNetwork hostPID hostname imagePullSecrets nodeName nodeSelector overhead preemptionPolicy " +
  "priority priorityClassName readinessGates restartPolicy runtimeClassName schedulerName " +
  "securityContext serviceAccount serviceAccountName shareProcessNamespace subdomain " +
  "terminationGracePeriodSeconds volumes"
).split(" ");

const CONTAINER = (
  "args command env image imagePullPolicy lifecycle livenessProbe ports readinessProbe resources " +
  "securityContext stdin stdinOnce terminationMessagePath terminationMessagePolicy tty " +
  "volumeDevices volumeMounts workingDir"
).split(" ");

/** The fields of each kind whose change makes the object anew, as upstream has them. */
const FIXED: Readonly<Record<string, readonly string[]>> = {
  "apps/v1/DaemonSet": SELECTOR,
  "apps/v1/Deployment": SELECTOR,
  "apps/v1/StatefulSet": STATEFUL_SET,
  "batch/v1/Job": JOB,
  "policy/v1beta1/PodDisruptionBudget": ["spec"],
  "rbac.authorization.k8s.io/v1/ClusterRoleBinding": ROLE,
  "rbac.authorization.k8s.io/v1/RoleBinding": ROLE,
  "storage.k8s.io/v1/StorageClass": ["parameters", "provisioner"],
  "v1/PersistentVolume": VOLUME.map((name) => `spec.${name}`),
  "v1/PersistentVolumeClaim": CLAIM,
  "v1/Pod": [
    ...POD.map((name) => `spec.${name}`),
    ...CONTAINER.flatMap((name) => [`spec.containers.${name}`, `spec.initContainers.${name}`]),
  ],
  "v1/ResourceQuota": ["spec.scopes"],
  "v1/Secret": ["type"],
  "v1/Service": ["spec.clusterIP"],
};

/** The fields of an object whose change makes it anew. List positions are left out. */
export function fixedFields(inputs: Properties, mutable: Mutability): string[] {
  const key = [inputs["apiVersion"], inputs["kind"]].filter((each) => typeof each === "string");
  const fields = ["metadata.name", "metadata.namespace", ...(FIXED[key.join("/")] ?? [])];
  const frozen = inputs["immutable"] === true;
  if (key.join("/") === "v1/Secret" && (frozen || !mutable.secrets)) {
    fields.push("stringData", "data");
  }
  if (key.join("/") === "v1/ConfigMap" && (frozen || !mutable.configMaps)) {
    fields.push("binaryData", "data");
  }
  return fields;
}

/** Whether a change touches a field that cannot change in place. */
export function replaces({ path, value }: FieldChange, fixed: readonly string[]): boolean {
  const names = path.filter((step) => typeof step === "string");
  return fixed.some((field) => {
    const wanted = field.split(".");
    const common = wanted.slice(0, names.length).every((name, index) => name === names[index]);
    if (!common) return false;
    return wanted.length <= names.length || holdsField(value, wanted.slice(names.length));
  });
}

/** Whether a value has a field; of a list, whether an item has it. */
function holdsField(value: Value | undefined, [name, ...rest]: readonly string[]): boolean {
  if (name === undefined) return true;
  if (Array.isArray(value)) return value.some((item) => holdsField(item, [name, ...rest]));
  return isProperties(value) && value[name] !== undefined && holdsField(value[name], rest);
}
