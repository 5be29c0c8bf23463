import { quantityInMiB } from "../../model/units/quantity";
import type { Field } from "../field";
import { fieldsOf, type PolicyResource, titleOf } from "../policy";
import type { ContainerView, HostMount, HostPort, ShownText } from "./container-view";

/** Where the pod's spec stands in each kind that has one. */
const POD_SPECS: Readonly<Record<string, readonly string[]>> = {
  Pod: ["spec"],
  Deployment: ["spec", "template", "spec"],
  StatefulSet: ["spec", "template", "spec"],
  DaemonSet: ["spec", "template", "spec"],
  ReplicaSet: ["spec", "template", "spec"],
  Job: ["spec", "template", "spec"],
  CronJob: ["spec", "jobTemplate", "spec", "template", "spec"],
};
/** Kinds of which `spec.replicas` says how many there are. */
const REPLICATED = ["Deployment", "StatefulSet", "ReplicaSet"];
/** What a pod gets that does not say (Kubernetes, PodSpec). */
const DEFAULT_STOP_SECONDS = 30;

/** The containers, also those of the start, that a resource of the Kubernetes provider makes. */
export function kubernetesContainers(resource: PolicyResource): ContainerView[] {
  if (!resource.type.startsWith("kubernetes:")) return [];
  const kind = resource.type.split(":").at(-1) ?? "";
  const path = POD_SPECS[kind];
  if (path === undefined) return [];
  const fields = fieldsOf(resource);
  const pod = fields.at(...path);
  const replicas = REPLICATED.includes(kind) ? fields.at("spec", "replicas") : undefined;
  return ["initContainers", "containers"].flatMap((list) =>
    pod.at(list).list.map((container) => {
      const title = `Container '${container.at("name").text ?? ""}' of ${titleOf(resource)}`;
      return new KubernetesContainer(title, pod, container, kind === "DaemonSet", replicas);
    }),
  );
}

class KubernetesContainer implements ContainerView {
  readonly runs = true;

  constructor(
    readonly title: string,
    private readonly pod: Field,
    private readonly container: Field,
    private readonly onEachNode: boolean,
    private readonly replicaField: Field | undefined,
  ) {}

  get image(): Field {
    return this.container.at("image");
  }

  get memoryMiB(): number | undefined {
    const limit = this.container.at("resources", "limits", "memory").text;
    return limit === undefined ? undefined : quantityInMiB(limit);
  }

  get hasCpuLimit(): boolean {
    const limit = this.container.at("resources", "limits", "cpu");
    return !limit.isAbsent;
  }

  get replicas(): number | undefined {
    if (this.onEachNode) return undefined;
    return this.replicaField === undefined ? 1 : this.replicaField.amount;
  }

  get privileged(): boolean {
    return this.security("privileged").flag === true;
  }

  get escalates(): boolean {
    return this.security("allowPrivilegeEscalation").flag !== false;
  }

  get addedCapabilities(): string[] {
    return this.security("capabilities")
      .at("add")
      .texts.map((name) => name.replace(/^CAP_/, ""));
  }

  get dropsAllCapabilities(): boolean {
    return this.security("capabilities").at("drop").texts.includes("ALL");
  }

  get unconfined(): string[] {
    return ["seccompProfile", "appArmorProfile"].filter((profile) =>
      [this.pod.at("securityContext"), this.container.at("securityContext")].some(
        (context) => context.at(profile, "type").text === "Unconfined",
      ),
    );
  }

  get runsAsRoot(): boolean {
    const user = this.security("runAsUser").amount ?? this.podSecurity("runAsUser").amount;
    const nonRoot = this.security("runAsNonRoot").flag ?? this.podSecurity("runAsNonRoot").flag;
    return user === 0 || (user === undefined && nonRoot !== true);
  }

  get hostNamespaces(): string[] {
    const fields = { network: "hostNetwork", pid: "hostPID", ipc: "hostIPC" };
    return Object.entries(fields).flatMap(([namespace, field]) =>
      this.pod.at(field).flag === true ? [namespace] : [],
    );
  }

  get hostMounts(): HostMount[] {
    const paths = this.pod.at("volumes").list.flatMap((volume) => {
      const host = volume.at("hostPath", "path").text;
      return host === undefined ? [] : [{ name: volume.at("name").text, host }];
    });
    return paths.flatMap(({ name, host }) =>
      this.container
        .at("volumeMounts")
        .list.filter((mount) => mount.at("name").text === name)
        .map((mount) => ({
          host,
          path: mount.at("mountPath").text ?? "",
          readOnly: mount.at("readOnly").flag === true,
        })),
    );
  }

  get hasReadOnlyRoot(): boolean {
    return this.security("readOnlyRootFilesystem").flag === true;
  }

  get hostPorts(): HostPort[] {
    return this.container.at("ports").list.flatMap((port) => {
      const number = port.at("hostPort").amount;
      if (number === undefined) return [];
      return [{ address: port.at("hostIP").text ?? "0.0.0.0", port: number }];
    });
  }

  get shown(): ShownText[] {
    const variables = this.container.at("env").list.flatMap((variable) => {
      const name = variable.at("name").text ?? "";
      const text = variable.at("value").text;
      return text === undefined ? [] : [{ place: `env ${name}`, name, text }];
    });
    const words = ["command", "args"].flatMap((field) =>
      this.container.at(field).texts.map((text) => ({ place: "command", text })),
    );
    const probes = ["startupProbe", "readinessProbe", "livenessProbe"].flatMap((probe) =>
      this.container
        .at(probe, "exec", "command")
        .texts.map((text) => ({ place: "health check", text })),
    );
    return [...variables, ...words, ...probes];
  }

  get stopSeconds(): number {
    return this.pod.at("terminationGracePeriodSeconds").amount ?? DEFAULT_STOP_SECONDS;
  }

  private security(field: string): Field {
    return this.container.at("securityContext", field);
  }

  private podSecurity(field: string): Field {
    return this.pod.at("securityContext", field);
  }
}
