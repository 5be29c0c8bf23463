import { block, blocks, flag, labelMap, number, strings, text, textMap } from "../protocol/readers";
import type { Properties, Value } from "../protocol/values";
import { parseDuration } from "./duration";
import { present, toBytes, toNanoCpus } from "./units";

/** The engine's request to create a container. */
export function containerSpec(inputs: Properties): Properties {
  const ports = portSpec(inputs);
  const volumes = volumeSpec(inputs);
  return present({
    Image: text(inputs, "image"),
    Hostname: text(inputs, "hostname"),
    Domainname: text(inputs, "domainname"),
    Tty: flag(inputs, "tty"),
    OpenStdin: flag(inputs, "stdinOpen"),
    StopSignal: text(inputs, "stopSignal") || undefined,
    StopTimeout: inputs["stopTimeout"],
    Env: filled(strings(inputs, "envs")),
    Cmd: filled(command(inputs)),
    Entrypoint: filled(strings(inputs, "entrypoints")),
    User: text(inputs, "user") || undefined,
    WorkingDir: text(inputs, "workingDir") || undefined,
    Labels: labelMap(inputs),
    ExposedPorts: ports.exposed,
    Volumes: volumes.targets,
    Healthcheck: healthcheck(inputs),
    HostConfig: { ...hostSpec(inputs), ...limits(inputs), ...ports.host, ...volumes.host },
  });
}

function hostSpec(inputs: Properties): Properties {
  const capabilities = block(inputs, "capabilities") ?? {};
  const security = strings(inputs, "securityOpts");
  const unconfined = security.includes("systempaths=unconfined");
  return present({
    Privileged: flag(inputs, "privileged"),
    PublishAllPorts: flag(inputs, "publishAllPorts"),
    RestartPolicy: restartPolicy(inputs),
    Runtime: text(inputs, "runtime") || undefined,
    AutoRemove: flag(inputs, "rm"),
    ReadonlyRootfs: flag(inputs, "readOnly"),
    LogConfig: { Type: text(inputs, "logDriver"), Config: textMap(inputs, "logOpts") },
    Init: flag(inputs, "init"),
    NetworkMode: text(inputs, "networkMode"),
    Tmpfs: textMap(inputs, "tmpfs"),
    ExtraHosts: filled(
      blocks(inputs, "hosts").map((host) => `${text(host, "host")}:${text(host, "ip")}`),
    ),
    Ulimits: filled(
      blocks(inputs, "ulimits").map((limit) => ({
        Name: text(limit, "name"),
        Soft: number(limit, "soft"),
        Hard: number(limit, "hard"),
      })),
    ),
    CapAdd: filled(strings(capabilities, "adds")),
    CapDrop: filled(strings(capabilities, "drops")),
    Dns: filled(strings(inputs, "dns")),
    DnsOptions: filled(strings(inputs, "dnsOpts")),
    DnsSearch: filled(strings(inputs, "dnsSearches")),
    SecurityOpt: filled(security.filter((option) => option !== "systempaths=unconfined")),
    MaskedPaths: unconfined ? [] : undefined,
    ReadonlyPaths: unconfined ? [] : undefined,
    PidMode: text(inputs, "pidMode") || undefined,
    IpcMode: text(inputs, "ipcMode") || undefined,
    UsernsMode: text(inputs, "usernsMode") || undefined,
    CgroupnsMode: text(inputs, "cgroupnsMode") || undefined,
    CgroupParent: text(inputs, "cgroupParent") || undefined,
    GroupAdd: filled(strings(inputs, "groupAdds")),
    Sysctls: textMap(inputs, "sysctls"),
    Mounts: filled(blocks(inputs, "mounts").map(mountSpec)),
  });
}

/** The part of the request that `docker update` can change later. */
export function updateSpec(inputs: Properties): Properties {
  return present({
    RestartPolicy: restartPolicy(inputs),
    CpuShares: number(inputs, "cpuShares"),
    CpusetCpus: text(inputs, "cpuSet"),
    Memory: toBytes(number(inputs, "memory")),
    MemoryReservation: toBytes(number(inputs, "memoryReservation")),
    MemorySwap: toBytes(number(inputs, "memorySwap")) || undefined,
  });
}

function restartPolicy(inputs: Properties): Properties {
  return { Name: text(inputs, "restart"), MaximumRetryCount: number(inputs, "maxRetryCount") };
}

/** `cpus` wins over `cpuPeriod` and `cpuQuota`. */
function limits(inputs: Properties): Properties {
  const cpus = text(inputs, "cpus");
  return {
    ...updateSpec(inputs),
    ShmSize: toBytes(number(inputs, "shmSize")),
    NanoCpus: toNanoCpus(cpus || "0"),
    CpuPeriod: cpus ? 0 : number(inputs, "cpuPeriod"),
    CpuQuota: cpus ? 0 : number(inputs, "cpuQuota"),
  };
}

function command(inputs: Properties): string[] {
  const words = strings(inputs, "command");
  if (words.includes("")) throw new Error("values for command may not be empty");
  return words;
}

function healthcheck(inputs: Properties): Properties | undefined {
  const check = block(inputs, "healthcheck");
  return (
    check && {
      Test: strings(check, "tests"),
      Interval: parseDuration(text(check, "interval")),
      Timeout: parseDuration(text(check, "timeout")),
      StartPeriod: parseDuration(text(check, "startPeriod")),
      StartInterval: parseDuration(text(check, "startInterval")),
      Retries: number(check, "retries"),
    }
  );
}

function portSpec(inputs: Properties): { exposed: Properties; host: Properties } {
  const exposed: Properties = {};
  const bindings: Record<string, Value[]> = {};
  for (const port of blocks(inputs, "ports")) {
    const key = `${number(port, "internal")}/${text(port, "protocol")}`;
    exposed[key] = {};
    const binding = { HostIp: text(port, "ip"), HostPort: String(number(port, "external")) };
    bindings[key] = [...(bindings[key] ?? []), binding];
  }
  return { exposed, host: { PortBindings: bindings } };
}

function volumeSpec(inputs: Properties): { targets: Properties; host: Properties } {
  const targets: Properties = {};
  const binds: string[] = [];
  const from: string[] = [];
  for (const volume of blocks(inputs, "volumes")) {
    const target = text(volume, "containerPath");
    const container = text(volume, "fromContainer");
    if (!target && !container)
      throw new Error("volume entry without container path or source container");
    if (target && container)
      throw new Error("both a container and a path specified in a volume entry");
    if (container) from.push(container);
    else {
      targets[target] = {};
      const source = text(volume, "hostPath") || text(volume, "volumeName");
      const label = text(volume, "selinuxRelabel");
      const mode = [flag(volume, "readOnly") ? "ro" : "rw", label].filter(Boolean).join(",");
      if (source) binds.push(`${source}:${target}:${mode}`);
    }
  }
  return { targets, host: { Binds: binds, VolumesFrom: from } };
}

function mountSpec(mount: Properties): Properties {
  const bind = block(mount, "bindOptions");
  const tmpfs = block(mount, "tmpfsOptions");
  return present({
    Type: text(mount, "type"),
    Target: text(mount, "target"),
    Source: text(mount, "source"),
    ReadOnly: flag(mount, "readOnly"),
    BindOptions: bind && { Propagation: text(bind, "propagation") },
    TmpfsOptions: tmpfs && { SizeBytes: number(tmpfs, "sizeBytes"), Mode: number(tmpfs, "mode") },
  });
}

function filled(items: Value[]): Value[] | undefined {
  return items.length === 0 ? undefined : items;
}
