import type { ContainerInputs } from "./declared-container";
import type { FoundContainer } from "./engine";

const BYTES_PER_MEBIBYTE = 1024 * 1024;
const NANOS = 1e9;
/** A volume that the engine made up for a VOLUME of the image. */
const ANONYMOUS = /^[0-9a-f]{64}$/;

/** One property of a container on both sides, in the same form. */
export interface ContainerProperty {
  readonly name: keyof ContainerInputs;
  /** undefined: not declared, so it is whatever the image or the engine says. */
  readonly declared: (inputs: ContainerInputs) => unknown;
  readonly found: (container: FoundContainer) => unknown;
  /** What the provider reads back: a refresh sees it, and an update puts it right. */
  readonly readBack?: true;
}

const mebibytes = (bytes: number): number => bytes / BYTES_PER_MEBIBYTE;
const sorted = (list: readonly string[] | null | undefined): string[] => [...(list ?? [])].sort();
const capabilities = (list: readonly string[] | null | undefined): string[] =>
  sorted(list).map((name) => name.replace(/^CAP_/, ""));
const entries = (map: Readonly<Record<string, string>> | null | undefined): string[] =>
  sorted(Object.entries(map ?? {}).map(([key, value]) => `${key}=${value}`));

/** What is compared whole; environment, labels, image and networks need more than an equals sign. */
export const CONTAINER_PROPERTIES: readonly ContainerProperty[] = [
  {
    name: "mustRun",
    // A container that carries files is not meant to run, and may.
    declared: ({ mustRun }) => (mustRun ? "running" : undefined),
    found: ({ State }) => (State.Running ? "running" : "stopped"),
    readBack: true,
  },
  {
    name: "memory",
    declared: ({ memory }) => memory,
    found: ({ HostConfig }) => mebibytes(HostConfig.Memory),
    readBack: true,
  },
  {
    name: "memorySwap",
    declared: ({ memorySwap }) => memorySwap,
    found: ({ HostConfig }) => mebibytes(HostConfig.MemorySwap),
    readBack: true,
  },
  {
    name: "cpus",
    declared: ({ cpus }) => (cpus === undefined ? undefined : Number(cpus)),
    found: ({ HostConfig }) => HostConfig.NanoCpus / NANOS,
  },
  {
    name: "restart",
    declared: ({ restart }) => restart,
    found: ({ HostConfig }) => HostConfig.RestartPolicy?.Name ?? "no",
    readBack: true,
  },
  {
    name: "command",
    declared: ({ command }) => command,
    found: ({ Config }) => Config.Cmd ?? [],
  },
  { name: "user", declared: ({ user }) => user, found: ({ Config }) => Config.User },
  {
    name: "readOnly",
    declared: ({ readOnly }) => readOnly,
    found: ({ HostConfig }) => HostConfig.ReadonlyRootfs,
  },
  {
    name: "privileged",
    declared: ({ privileged }) => privileged,
    found: ({ HostConfig }) => HostConfig.Privileged,
  },
  {
    name: "capabilities",
    declared: ({ capabilities: { adds, drops } = { adds: [], drops: [] } }) => [
      ...capabilities(drops).map((name) => `-${name}`),
      ...capabilities(adds).map((name) => `+${name}`),
    ],
    found: ({ HostConfig }) => [
      ...capabilities(HostConfig.CapDrop).map((name) => `-${name}`),
      ...capabilities(HostConfig.CapAdd).map((name) => `+${name}`),
    ],
  },
  {
    name: "securityOpts",
    declared: ({ securityOpts }) => sorted(securityOpts),
    found: ({ HostConfig }) => sorted(HostConfig.SecurityOpt),
  },
  {
    name: "pidMode",
    declared: ({ pidMode }) => pidMode,
    found: ({ HostConfig }) => HostConfig.PidMode,
  },
  {
    name: "init",
    declared: ({ init }) => init,
    found: ({ HostConfig }) => HostConfig.Init ?? false,
  },
  {
    name: "stopTimeout",
    declared: ({ stopTimeout }) => stopTimeout,
    found: ({ Config }) => Config.StopTimeout ?? undefined,
  },
  {
    name: "logDriver",
    declared: ({ logDriver }) => logDriver,
    found: ({ HostConfig }) => HostConfig.LogConfig?.Type,
  },
  {
    name: "logOpts",
    declared: ({ logOpts }) => (Object.keys(logOpts).length > 0 ? entries(logOpts) : undefined),
    found: ({ HostConfig }) => entries(HostConfig.LogConfig?.Config),
  },
  {
    name: "tmpfs",
    declared: ({ tmpfs }) => entries(tmpfs),
    found: ({ HostConfig }) => entries(HostConfig.Tmpfs),
  },
  {
    name: "networkMode",
    declared: ({ networkMode }) => networkMode,
    // Engines call their own default by either name.
    found: ({ HostConfig }) =>
      HostConfig.NetworkMode === "default" ? "bridge" : HostConfig.NetworkMode,
  },
  {
    name: "ports",
    declared: ({ ports }) =>
      sorted(
        ports.map(
          ({ ip, external, internal, protocol }) =>
            `${ip}:${external ?? ""}->${internal}/${protocol}`,
        ),
      ),
    found: ({ HostConfig }) =>
      sorted(
        Object.entries(HostConfig.PortBindings ?? {}).flatMap(([port, bindings]) =>
          (bindings ?? []).map(
            ({ HostIp, HostPort }) => `${HostIp || "0.0.0.0"}:${HostPort}->${port}`,
          ),
        ),
      ),
  },
  {
    name: "volumes",
    declared: ({ volumes }) =>
      sorted(
        volumes.map(
          ({ volumeName, hostPath, containerPath, readOnly }) =>
            `${volumeName ?? hostPath ?? ""}:${containerPath}${readOnly ? ":ro" : ""}`,
        ),
      ),
    found: ({ Mounts }) =>
      sorted(
        Mounts.filter(({ Type, Name }) => Type !== "tmpfs" && !ANONYMOUS.test(Name ?? "")).map(
          ({ Name, Source, Destination, RW }) =>
            `${Name ?? Source}:${Destination}${RW ? "" : ":ro"}`,
        ),
      ),
  },
  {
    name: "healthcheck",
    declared: ({ healthcheck }) => healthcheck?.tests,
    found: ({ Config }) => Config.Healthcheck?.Test ?? [],
  },
];
