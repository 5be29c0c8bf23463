import { Tree } from "./rendered";

/** Volume types of the restricted level. */
const VOLUMES = [
  ...["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim"],
  ...["projected", "secret"],
];
/** Sysctls that are the pod's own (baseline level). */
const SYSCTLS = [
  "kernel.shm_rmid_forced",
  ...["net.ipv4.ip_local_port_range", "net.ipv4.ip_unprivileged_port_start"],
  ...["net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range", "net.ipv4.ip_local_reserved_ports"],
  ...["net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout"],
  ...["net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes"],
];
const PROBES = ["livenessProbe", "readinessProbe", "startupProbe"];
const HANDLERS = ["httpGet", "tcpSocket"];

/**
 * What a pod's spec breaks of the `restricted` level of the Pod Security Standards, baseline
 * included: a line each, beginning with the field. Stricter than the standard where that makes the
 * check simpler: no init or ephemeral containers at all.
 */
export function violations(spec: unknown): string[] {
  const pod = Tree.of(spec);
  const context = pod.at("securityContext");
  const containers = pod.at("containers").list;
  return [
    ...["hostNetwork", "hostPID", "hostIPC"].filter((field) => isTrue(pod.at(field))),
    ...["initContainers", "ephemeralContainers"].filter((field) => pod.at(field).list.length > 0),
    ...sharedFields(context).map((field) => `securityContext.${field}`),
    ...(context.at("sysctls").list.every((one) => SYSCTLS.includes(String(one.at("name").plain)))
      ? []
      : ["securityContext.sysctls: outside the safe set"]),
    ...pod.at("volumes").list.flatMap((volume, index) => badVolume(volume, `volumes[${index}]`)),
    ...(containers.length === 0 ? ["containers: none"] : []),
    ...containers.flatMap((container, index) =>
      badContainer(container, context).map((field) => `containers[${index}].${field}`),
    ),
  ];
}

/** Fields that mean the same on a pod and on a container. */
function sharedFields(context: Tree): string[] {
  const type = (field: string): unknown => context.at(field, "type").plain;
  const seLinux = context.at("seLinuxOptions");
  return [
    ...(context.at("runAsNonRoot").plain === false ? ["runAsNonRoot: false"] : []),
    ...(context.at("runAsUser").plain === 0 ? ["runAsUser: 0"] : []),
    ...([undefined, "RuntimeDefault", "Localhost"].includes(asText(type("seccompProfile")))
      ? []
      : ["seccompProfile: neither RuntimeDefault nor Localhost"]),
    ...([undefined, "RuntimeDefault", "Localhost"].includes(asText(type("appArmorProfile")))
      ? []
      : ["appArmorProfile: neither RuntimeDefault nor Localhost"]),
    ...(isTrue(context.at("windowsOptions", "hostProcess")) ? ["windowsOptions.hostProcess"] : []),
    ...([undefined, "", "container_t", "container_init_t", "container_kvm_t"].includes(
      asText(seLinux.at("type").plain),
    ) &&
    seLinux.at("user").plain === undefined &&
    seLinux.at("role").plain === undefined
      ? []
      : ["seLinuxOptions: another user, role or type"]),
  ];
}

function badVolume(volume: Tree, field: string): string[] {
  const { plain } = volume;
  const keys = typeof plain === "object" && plain !== null ? Object.keys(plain) : [];
  const bad = keys.filter((key) => key !== "name" && !VOLUMES.includes(key));
  return bad.map((kind) => `${field}: ${kind}`);
}

function badContainer(container: Tree, pod: Tree): string[] {
  const context = container.at("securityContext");
  const either = (...path: string[]): unknown => context.at(...path).plain ?? pod.at(...path).plain;
  const add = context.at("capabilities", "add").list.map(({ plain }) => plain);
  const drop = context.at("capabilities", "drop").list.map(({ plain }) => plain);
  return [
    ...sharedFields(context),
    ...(isTrue(context.at("privileged")) ? ["privileged"] : []),
    ...(context.at("allowPrivilegeEscalation").plain === false
      ? []
      : ["allowPrivilegeEscalation: not false"]),
    ...(drop.includes("ALL") ? [] : ["capabilities.drop: without ALL"]),
    ...(add.every((one) => one === "NET_BIND_SERVICE") ? [] : ["capabilities.add"]),
    ...([undefined, "Default"].includes(asText(context.at("procMount").plain))
      ? []
      : ["procMount: not Default"]),
    ...(either("runAsNonRoot") === true ? [] : ["runAsNonRoot: not set"]),
    ...(either("seccompProfile", "type") === undefined ? ["seccompProfile: not set"] : []),
    ...(container.at("ports").list.every((port) => port.at("hostPort").plain === undefined)
      ? []
      : ["hostPort"]),
    ...["postStart", "preStop"]
      .filter((hook) => asksElsewhere(container.at("lifecycle", hook)))
      .map((hook) => `lifecycle.${hook}: asks another host`),
    ...PROBES.filter((probe) => asksElsewhere(container.at(probe))).map(
      (probe) => `${probe}: asks another host`,
    ),
  ];
}

/** A kubelet that asks an address of the pod's choice is a way around every policy (1.34). */
const asksElsewhere = (handler: Tree): boolean =>
  HANDLERS.some((kind) => handler.at(kind, "host").plain !== undefined);

const isTrue = (tree: Tree): boolean => tree.plain === true;

function asText(value: unknown): string | undefined {
  return value === undefined || typeof value === "string" ? value : JSON.stringify(value);
}
