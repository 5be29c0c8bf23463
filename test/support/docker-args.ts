import { z } from "zod";
import type { DeployedResource } from "./deploy";

const labels = z.array(z.strictObject({ label: z.string(), value: z.string() }));

/**
 * Every argument that a container of ours may have. Strict: `privileged`, `pidMode`, `devices` and
 * all else that opens a container is refused by not being here.
 */
const containerArgs = z.strictObject({
  name: z.string(),
  image: z.string(),
  command: z.array(z.string()).optional(),
  envs: z.array(z.string()).optional(),
  labels,
  memory: z.number(),
  memorySwap: z.number(),
  cpus: z.string(),
  user: z.string(),
  readOnly: z.boolean().optional(),
  capabilities: z.unknown(),
  securityOpts: z.array(z.string()),
  logDriver: z.string(),
  logOpts: z.record(z.string(), z.string()),
  networkMode: z.string(),
  networksAdvanced: z
    .array(z.strictObject({ name: z.string(), aliases: z.array(z.string()) }))
    .optional(),
  ports: z
    .array(
      z.strictObject({
        internal: z.number(),
        external: z.number(),
        ip: z.string(),
        protocol: z.string(),
      }),
    )
    .optional(),
  volumes: z.array(
    z.strictObject({
      containerPath: z.string(),
      volumeName: z.string().optional(),
      hostPath: z.string().optional(),
      readOnly: z.boolean().optional(),
    }),
  ),
  mounts: z
    .array(
      z.strictObject({
        type: z.literal("bind"),
        source: z.string(),
        target: z.string(),
        readOnly: z.literal(true),
      }),
    )
    .optional(),
  uploads: z
    .array(
      z.strictObject({
        file: z.string(),
        content: z.string(),
        permissions: z.string(),
        owner: z.string(),
        group: z.string(),
      }),
    )
    .optional(),
  tmpfs: z.record(z.string(), z.string()).optional(),
  healthcheck: z.record(z.string(), z.unknown()).optional(),
  init: z.boolean().optional(),
  restart: z.string(),
  start: z.boolean().optional(),
  mustRun: z.boolean().optional(),
  wait: z.boolean().optional(),
  waitTimeout: z.number().optional(),
  destroyGraceSeconds: z.number().optional(),
  stopTimeout: z.number().optional(),
});

/** What a container was registered with. */
export type ContainerArgs = z.output<typeof containerArgs>;

/** The arguments of a registered container, typed; fails for one that is not known here. */
export function containerArgsOf({ inputs }: Pick<DeployedResource, "inputs">): ContainerArgs {
  return containerArgs.parse(inputs);
}

/** The labels of a registered resource, by name; none for a resource without. */
export function labelsOf({ inputs }: Pick<DeployedResource, "inputs">): Record<string, string> {
  const found = labels.parse(inputs["labels"] ?? []);
  return Object.fromEntries(found.map(({ label, value }) => [label, value]));
}
