import type { Rule, Schema, Shape } from "../protocol/schema";

const text: Shape = { kind: "string" };
const needed: Shape = { kind: "string", required: true };
const whole: Shape = { kind: "integer", minimum: 0 };
const flag: Shape = { kind: "boolean" };
const set: Shape = { kind: "set" };
const map: Shape = { kind: "map" };
const duration: Shape = {
  kind: "string",
  default: "0s",
  pattern: /^(0|(\d+(\.\d+)?(ns|us|ms|s|m|h))+)$/,
  allowed: 'a duration such as "10s"',
};

function replace(shape: Shape): Rule {
  return { ...shape, change: "replace" };
}
function computed(shape: Shape): Rule {
  return { ...shape, change: "replace", computed: true };
}
function record(shape: Shape): Rule {
  return { ...shape, change: "record" };
}
function apply(shape: Shape): Rule {
  return { ...shape, change: "apply" };
}

/** The properties of `docker:index/container:Container` and what a change of each does. */
export const containerSchema: Schema = {
  rules: {
    name: replace(text),
    image: replace(needed),

    restart: apply({
      kind: "string",
      default: "no",
      pattern: /^(no|on-failure|always|unless-stopped)$/,
      allowed: "no, on-failure, always, unless-stopped",
    }),
    maxRetryCount: apply(whole),
    memory: apply(whole),
    memoryReservation: apply({ ...whole, default: 0 }),
    memorySwap: apply({ kind: "integer", minimum: -1 }),
    cpuShares: apply(whole),
    cpuSet: apply({
      kind: "string",
      pattern: /^\d+([,-]\d+)*$/,
      allowed: 'processors such as "0-3" or "0,1"',
    }),
    mustRun: apply({ kind: "boolean", default: true }),

    start: record({ kind: "boolean", default: true }),
    wait: record({ kind: "boolean", default: false }),
    waitTimeout: record({ kind: "integer", default: 60 }),
    attach: record({ kind: "boolean", default: false }),
    destroyGraceSeconds: record({ kind: "integer" }),
    removeVolumes: record({ kind: "boolean", default: true }),
    rm: record({ kind: "boolean", default: false }),
    containerReadRefreshTimeoutMilliseconds: record({ kind: "integer", default: 15000 }),

    tmpfs: { ...map, change: "never-applied" },
    init: { ...flag, change: "never-applied", computed: true },
    cpuPeriod: { ...whole, change: "never-applied" },
    cpuQuota: { ...whole, change: "never-applied" },

    cpus: replace({ kind: "string", pattern: /^\d+(\.\d+)?$/, allowed: 'a number such as "0.5"' }),
    shmSize: computed(whole),
    envs: computed(set),
    labels: computed({ kind: "blockSet", fields: { label: needed, value: needed } }),
    command: computed({ kind: "list" }),
    entrypoints: computed({ kind: "list" }),
    user: replace({ kind: "string", emptyKeeps: true }),
    workingDir: replace({ kind: "string", emptyKeeps: true }),
    hostname: computed(text),
    domainname: replace(text),
    groupAdds: replace(set),
    readOnly: replace({ kind: "boolean", default: false }),
    privileged: replace(flag),
    capabilities: replace({ kind: "block", fields: { adds: set, drops: set } }),
    securityOpts: computed(set),
    ulimits: replace({
      kind: "blockSet",
      fields: {
        name: needed,
        soft: { kind: "integer", required: true },
        hard: { kind: "integer", required: true },
      },
    }),
    sysctls: replace(map),
    pidMode: replace(text),
    ipcMode: computed(text),
    usernsMode: replace(text),
    cgroupnsMode: replace(text),
    cgroupParent: replace(text),
    runtime: computed(text),
    stopSignal: computed(text),
    stopTimeout: computed({ kind: "integer" }),
    tty: replace({ kind: "boolean", default: false }),
    stdinOpen: replace({ kind: "boolean", default: false }),

    healthcheck: computed({
      kind: "block",
      fields: {
        tests: { kind: "list" },
        interval: duration,
        timeout: duration,
        startPeriod: duration,
        startInterval: duration,
        retries: { ...whole, default: 0 },
      },
    }),
    logDriver: computed(text),
    logOpts: replace(map),

    networkMode: replace({ kind: "string", default: "bridge" }),
    networksAdvanced: replace({
      kind: "blockSet",
      fields: {
        name: needed,
        aliases: set,
        ipv4Address: text,
        ipv6Address: text,
        macAddress: text,
      },
    }),
    ports: replace({
      kind: "blockList",
      fields: {
        internal: { kind: "integer", required: true },
        external: { kind: "integer", computed: true },
        ip: { kind: "string", default: "0.0.0.0" },
        protocol: { kind: "string", default: "tcp" },
      },
    }),
    publishAllPorts: replace(flag),
    dns: replace(set),
    dnsOpts: replace(set),
    dnsSearches: replace(set),
    hosts: replace({ kind: "blockSet", fields: { host: needed, ip: needed } }),

    volumes: replace({
      kind: "blockSet",
      fields: {
        containerPath: text,
        fromContainer: text,
        hostPath: {
          kind: "string",
          pattern: /^(\/|[a-zA-Z]:\\)/,
          allowed: "an absolute path on the engine's host",
        },
        volumeName: text,
        readOnly: flag,
        selinuxRelabel: { kind: "string", pattern: /^[zZ]$/, allowed: "z, Z" },
      },
    }),
    mounts: replace({
      kind: "blockSet",
      fields: {
        target: needed,
        type: { kind: "string", required: true, pattern: /^(bind|volume|tmpfs)$/ },
        source: text,
        readOnly: flag,
        bindOptions: { kind: "block", fields: { propagation: text } },
        tmpfsOptions: { kind: "block", fields: { mode: whole, sizeBytes: whole } },
      },
    }),
    uploads: replace({
      kind: "blockSet",
      fields: {
        file: needed,
        content: text,
        contentBase64: {
          kind: "string",
          pattern: /^[A-Za-z0-9+/]*={0,2}$/,
          allowed: "base 64",
        },
        source: text,
        sourceHash: text,
        executable: { kind: "boolean", default: false },
        permissions: {
          kind: "string",
          pattern: /^0[0-7]{3}$/,
          allowed: 'four octal digits, "0444"',
        },
        owner: {
          kind: "string",
          pattern: /^\d+$/,
          allowed: "a numeric id (names: see the README)",
        },
        group: {
          kind: "string",
          pattern: /^\d+$/,
          allowed: "a numeric id (names: see the README)",
        },
      },
    }),
  },
  refused: [
    "containerLogs",
    "deviceCgroupRules",
    "deviceReadBps",
    "deviceReadIops",
    "deviceRequests",
    "deviceWriteBps",
    "deviceWriteIops",
    "devices",
    "gpus",
    "logs",
    "platform",
    "storageOpts",
  ],
};
