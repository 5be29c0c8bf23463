import { block, blocks, flag, number, strings, text, textMap } from "../protocol/readers";
import { isProperties, type Properties, type Value } from "../protocol/values";
import { formatDuration } from "./duration";
import { fromNanoCpus, present, toMebibytes } from "./units";

/**
 * What upstream reads back of a container, over the state it had. Never read back: uploads, envs,
 * labels, volumes, and whatever only the plugin knows (wait, start, destroyGraceSeconds ...).
 */
export function containerState(found: Properties, old: Properties): Properties {
  const config = block(found, "Config") ?? {};
  const host = block(found, "HostConfig") ?? {};
  const running = block(found, "State") ?? {};
  const network = block(found, "NetworkSettings") ?? {};
  const restart = block(host, "RestartPolicy") ?? {};
  const log = block(host, "LogConfig") ?? {};
  const stopped = !flag(running, "Running");
  const capabilities = { adds: strings(host, "CapAdd"), drops: strings(host, "CapDrop") };
  const limited = capabilities.adds.length + capabilities.drops.length > 0;
  const nanoCpus = number(host, "NanoCpus");

  return present({
    ...old,
    bridge: text(network, "Bridge"),
    networkDatas: networkDatas(network),
    ports: "ports" in old && (!stopped || flag(old, "mustRun")) ? ports(network) : old["ports"],
    exitCode: stopped ? number(running, "ExitCode") : old["exitCode"],
    mustRun: stopped ? false : old["mustRun"],
    name: text(found, "Name").replace(/^\/+/, ""),
    image: text(old, "image").startsWith("sha256:") ? text(found, "Image") : text(config, "Image"),
    rm: flag(host, "AutoRemove"),
    readOnly: flag(host, "ReadonlyRootfs"),
    hostname: text(config, "Hostname"),
    domainname: text(config, "Domainname"),
    command: strings(config, "Cmd"),
    entrypoints: strings(config, "Entrypoint"),
    user: text(config, "User"),
    workingDir: text(config, "WorkingDir"),
    dns: strings(host, "Dns"),
    dnsOpts: strings(host, "DnsOptions"),
    dnsSearches: strings(host, "DnsSearch"),
    securityOpts: strings(host, "SecurityOpt"),
    publishAllPorts: flag(host, "PublishAllPorts"),
    privileged: flag(host, "Privileged"),
    restart: text(restart, "Name"),
    maxRetryCount: number(restart, "MaximumRetryCount"),
    init: flag(host, "Init"),
    capabilities: limited ? capabilities : old["capabilities"],
    runtime: text(host, "Runtime"),
    mounts: blocks(host, "Mounts").map(mount),
    tmpfs: textMap(host, "Tmpfs"),
    hosts: strings(host, "ExtraHosts").map(extraHost),
    ulimits: "ulimits" in old ? blocks(host, "Ulimits").map(ulimit) : undefined,
    memory: toMebibytes(number(host, "Memory")),
    memoryReservation: toMebibytes(number(host, "MemoryReservation")),
    memorySwap: toMebibytes(number(host, "MemorySwap")),
    shmSize: toMebibytes(number(host, "ShmSize")),
    cpus: nanoCpus > 0 ? fromNanoCpus(nanoCpus) : old["cpus"],
    cpuShares: number(host, "CpuShares"),
    cpuSet: text(host, "CpusetCpus"),
    logDriver: text(log, "Type"),
    logOpts: "logOpts" in old ? textMap(log, "Config") : undefined,
    networkMode: text(host, "NetworkMode"),
    pidMode: "pidMode" in old ? text(host, "PidMode") : undefined,
    usernsMode: text(host, "UsernsMode"),
    healthcheck: healthcheck(config) ?? old["healthcheck"],
    sysctls: textMap(host, "Sysctls"),
    ipcMode: text(host, "IpcMode"),
    groupAdds: strings(host, "GroupAdd"),
    tty: flag(config, "Tty"),
    stdinOpen: flag(config, "OpenStdin"),
    stopSignal: text(config, "StopSignal"),
    stopTimeout: config["StopTimeout"],
  });
}

function networkDatas(network: Properties): Value[] {
  const found = Object.entries(block(network, "Networks") ?? {});
  return found.map(([networkName, data]) => {
    const endpoint = isProperties(data) ? data : {};
    return {
      networkName,
      ipAddress: text(endpoint, "IPAddress"),
      ipPrefixLength: number(endpoint, "IPPrefixLen"),
      gateway: text(endpoint, "Gateway"),
      globalIpv6Address: text(endpoint, "GlobalIPv6Address"),
      globalIpv6PrefixLength: number(endpoint, "GlobalIPv6PrefixLen"),
      ipv6Gateway: text(endpoint, "IPv6Gateway"),
      macAddress: text(endpoint, "MacAddress"),
    };
  });
}

/** Published ports in the order of their container ports, which is not always the program's. */
function ports(network: Properties): Value[] {
  const found = block(network, "Ports") ?? {};
  const keys = Object.keys(found).sort((left, right) => parseInt(left, 10) - parseInt(right, 10));
  return keys.flatMap((key) =>
    blocks(found, key).map((binding) => ({
      internal: parseInt(key, 10),
      external: Number(text(binding, "HostPort")),
      ip: text(binding, "HostIp"),
      protocol: key.split("/")[1] ?? "",
    })),
  );
}

function healthcheck(config: Properties): Properties | undefined {
  const check = block(config, "Healthcheck");
  return (
    check && {
      tests: strings(check, "Test"),
      interval: formatDuration(number(check, "Interval")),
      timeout: formatDuration(number(check, "Timeout")),
      startPeriod: formatDuration(number(check, "StartPeriod")),
      startInterval: formatDuration(number(check, "StartInterval")),
      retries: number(check, "Retries"),
    }
  );
}

function mount(found: Properties): Properties {
  const bind = block(found, "BindOptions");
  const tmpfs = block(found, "TmpfsOptions");
  return present({
    target: text(found, "Target"),
    source: text(found, "Source"),
    type: text(found, "Type"),
    readOnly: flag(found, "ReadOnly"),
    bindOptions: bind && { propagation: text(bind, "Propagation") },
    tmpfsOptions: tmpfs && { sizeBytes: number(tmpfs, "SizeBytes"), mode: number(tmpfs, "Mode") },
  });
}

function extraHost(found: string): Properties {
  const [host = "", ip = ""] = found.split(":");
  return { host, ip };
}

function ulimit(found: Properties): Properties {
  return { name: text(found, "Name"), soft: number(found, "Soft"), hard: number(found, "Hard") };
}
