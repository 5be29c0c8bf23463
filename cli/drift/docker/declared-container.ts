import { z } from "zod";
import type { DeclaredResource } from "../declared-resources";

const texts = z.array(z.string());
const textMap = z.record(z.string(), z.string());

const inputsSchema = z.object({
  name: z.string(),
  image: z.string(),
  command: texts.optional(),
  envs: texts.default([]),
  labels: z.array(z.object({ label: z.string(), value: z.string() })).default([]),
  user: z.string().optional(),
  memory: z.number().optional(),
  memorySwap: z.number().optional(),
  cpus: z.string().optional(),
  readOnly: z.boolean().default(false),
  privileged: z.boolean().default(false),
  capabilities: z.object({ adds: texts.default([]), drops: texts.default([]) }).optional(),
  securityOpts: texts.default([]),
  pidMode: z.string().default(""),
  restart: z.string().default("no"),
  init: z.boolean().optional(),
  stopTimeout: z.number().optional(),
  logDriver: z.string().optional(),
  logOpts: textMap.default({}),
  tmpfs: textMap.default({}),
  networkMode: z.string().default("bridge"),
  networksAdvanced: z.array(z.object({ name: z.string(), aliases: texts.default([]) })).default([]),
  ports: z
    .array(
      z.object({
        internal: z.number(),
        external: z.number().optional(),
        ip: z.string().default("0.0.0.0"),
        protocol: z.string().default("tcp"),
      }),
    )
    .default([]),
  volumes: z
    .array(
      z.object({
        containerPath: z.string(),
        volumeName: z.string().optional(),
        hostPath: z.string().optional(),
        readOnly: z.boolean().default(false),
      }),
    )
    .default([]),
  healthcheck: z.object({ tests: texts }).optional(),
  mustRun: z.boolean().default(true),
  uploads: z
    .array(
      z.object({
        file: z.string(),
        content: z.string(),
        permissions: z.string().default("0644"),
        owner: z.string().default("0"),
        group: z.string().default("0"),
      }),
    )
    .default([]),
});

/** A container's properties as the last update declared them. */
export type ContainerInputs = z.output<typeof inputsSchema>;

/** A container of the state. */
export interface DeclaredContainer {
  readonly resource: DeclaredResource;
  readonly id: string;
  readonly inputs: ContainerInputs;
}

const CONTAINER = "docker:index/container:Container";

/** The containers among what was declared. */
export function declaredContainers(declared: readonly DeclaredResource[]): DeclaredContainer[] {
  return declared.flatMap((resource) =>
    resource.type === CONTAINER && resource.id !== undefined
      ? [{ resource, id: resource.id, inputs: inputsSchema.parse(resource.inputs) }]
      : [],
  );
}
