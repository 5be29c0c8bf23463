import type { Field } from "../field";
import { fieldsOf, type PolicyResource, titleOf } from "../policy";
import type { ContainerView, HostMount, HostPort, ShownText } from "./container-view";

const CONTAINER = "docker:index/container:Container";
/** The user of an image that names none is mostly root, and a policy cannot look inside. */
const ROOT = /^(?:0|root)?(?::|$)/;

/** The container that a resource of the Docker provider is. */
export function dockerContainers(resource: PolicyResource): ContainerView[] {
  return resource.type === CONTAINER ? [new DockerContainer(resource)] : [];
}

class DockerContainer implements ContainerView {
  readonly title: string;
  private readonly fields: Field;

  constructor(resource: PolicyResource) {
    this.title = titleOf(resource);
    this.fields = fieldsOf(resource);
  }

  get runs(): boolean {
    return this.fields.at("start").flag !== false || this.fields.at("mustRun").flag !== false;
  }

  get image(): Field {
    return this.fields.at("image");
  }

  get memoryMiB(): number | undefined {
    return atLeastSomething(this.fields.at("memory").amount); // 0 is no limit (docker run --memory)
  }

  get hasCpuLimit(): boolean {
    const quota = this.fields.at("cpuQuota").amount ?? 0;
    return Number(this.fields.at("cpus").text ?? 0) > 0 || quota > 0;
  }

  get replicas(): number {
    return 1;
  }

  get privileged(): boolean {
    return this.fields.at("privileged").flag === true;
  }

  get escalates(): boolean {
    return !this.securityOptions.some((option) => /^no-new-privileges(?:[:=]true)?$/.test(option));
  }

  get addedCapabilities(): string[] {
    return this.fields.at("capabilities", "adds").texts.map((name) => name.replace(/^CAP_/, ""));
  }

  get dropsAllCapabilities(): boolean {
    return this.fields.at("capabilities", "drops").texts.includes("ALL");
  }

  get unconfined(): string[] {
    return this.securityOptions.filter((option) => /[=:](?:unconfined|disable)$/.test(option));
  }

  get runsAsRoot(): boolean {
    return ROOT.test(this.fields.at("user").text ?? "");
  }

  get hostNamespaces(): string[] {
    const modes = { network: "networkMode", pid: "pidMode", ipc: "ipcMode", user: "usernsMode" };
    return Object.entries(modes).flatMap(([namespace, mode]) =>
      this.fields.at(mode).text === "host" ? [namespace] : [],
    );
  }

  get hostMounts(): HostMount[] {
    const volumes = this.fields.at("volumes").list.map((volume) => ({
      host: volume.at("hostPath").text,
      path: volume.at("containerPath").text ?? "",
      readOnly: volume.at("readOnly").flag === true,
    }));
    const mounts = this.fields.at("mounts").list.map((mount) => ({
      host: mount.at("type").text === "bind" ? mount.at("source").text : undefined,
      path: mount.at("target").text ?? "",
      readOnly: mount.at("readOnly").flag === true,
    }));
    const devices = this.fields.at("devices").list.map((device) => ({
      host: device.at("hostPath").text,
      path: device.at("containerPath").text ?? device.at("hostPath").text ?? "",
      readOnly: false,
    }));
    return [...volumes, ...mounts, ...devices].flatMap(({ host, ...mount }) =>
      host === undefined || host === "" ? [] : [{ host, ...mount }],
    );
  }

  get hasReadOnlyRoot(): boolean {
    return this.fields.at("readOnly").flag === true;
  }

  get hostPorts(): HostPort[] {
    // Without an address the engine opens the port on every one; without a port it takes any.
    const ports = this.fields.at("ports").list.map((port) => ({
      address: port.at("ip").text ?? "0.0.0.0",
      port: port.at("external").amount,
    }));
    const all = this.fields.at("publishAllPorts").flag === true;
    return all ? [...ports, { address: "0.0.0.0", port: undefined }] : ports;
  }

  get shown(): ShownText[] {
    const variables = this.fields.at("envs").texts.map((variable) => {
      const [name = "", ...value] = variable.split("=");
      return { place: `env ${name}`, name, text: value.join("=") };
    });
    const words = ["entrypoints", "command"].flatMap((field) =>
      this.fields.at(field).texts.map((text) => ({ place: "command", text })),
    );
    const probe = this.fields.at("healthcheck", "tests").texts;
    return [...variables, ...words, ...probe.map((text) => ({ place: "health check", text }))];
  }

  get stopSeconds(): number {
    return this.fields.at("destroyGraceSeconds").amount ?? 0; // without it a container is killed
  }

  private get securityOptions(): string[] {
    return this.fields.at("securityOpts").texts;
  }
}

const atLeastSomething = (amount: number | undefined): number | undefined =>
  amount !== undefined && amount > 0 ? amount : undefined;
