import { z } from "zod";
import type { ContainerLister, NetworkLister } from "../../docker/stack-containers";

const texts = z.array(z.string()).nullish();
const textMap = z.record(z.string(), z.string()).nullish();

const containerSchema = z.object({
  Id: z.string(),
  Image: z.string(),
  State: z.object({ Running: z.boolean() }),
  Config: z.object({
    Env: texts,
    Labels: textMap,
    Cmd: texts,
    User: z.string().default(""),
    Healthcheck: z.object({ Test: texts }).nullish(),
    StopTimeout: z.number().nullish(),
  }),
  HostConfig: z.object({
    Memory: z.number().default(0),
    MemorySwap: z.number().default(0),
    NanoCpus: z.number().default(0),
    ReadonlyRootfs: z.boolean().default(false),
    Privileged: z.boolean().default(false),
    CapAdd: texts,
    CapDrop: texts,
    SecurityOpt: texts,
    PidMode: z.string().default(""),
    RestartPolicy: z.object({ Name: z.string() }).nullish(),
    Init: z.boolean().nullish(),
    LogConfig: z.object({ Type: z.string(), Config: textMap }).nullish(),
    Tmpfs: textMap,
    NetworkMode: z.string(),
    PortBindings: z
      .record(z.string(), z.array(z.object({ HostIp: z.string(), HostPort: z.string() })).nullish())
      .nullish(),
  }),
  Mounts: z
    .array(
      z.object({
        Type: z.string(),
        Name: z.string().optional(),
        Source: z.string().default(""),
        Destination: z.string(),
        RW: z.boolean(),
      }),
    )
    .default([]),
  NetworkSettings: z.object({
    Networks: z
      .record(z.string(), z.object({ NetworkID: z.string().default(""), Aliases: texts }))
      .default({}),
  }),
});
const imageSchema = z.object({ Id: z.string(), Config: z.object({ Env: texts }).nullish() });
const networkSchema = z.object({
  Id: z.string(),
  Internal: z.boolean(),
  Options: textMap,
  Containers: z.record(z.string(), z.object({ Name: z.string().default("") })).nullish(),
});

/** A container as the engine has it. */
export type FoundContainer = z.output<typeof containerSchema>;
/** An image as the engine has it. */
export type FoundImage = z.output<typeof imageSchema>;
/** A network as the engine has it. */
export type FoundNetwork = z.output<typeof networkSchema>;

/** An engine as far as drift is looked for; dockerode's client is one. Nothing here changes it. */
export interface ReadableEngine extends ContainerLister, NetworkLister {
  getContainer(idOrName: string): {
    inspect(): Promise<unknown>;
    getArchive(options: { path: string }): Promise<NodeJS.ReadableStream>;
  };
  getImage(name: string): { inspect(): Promise<unknown> };
  getNetwork(id: string): { inspect(): Promise<unknown> };
}

const NOT_FOUND = 404;

/** What is asked for; undefined when the engine does not have it. */
export async function unlessAbsent<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && "statusCode" in error && error.statusCode === NOT_FOUND) {
      return undefined;
    }
    throw error;
  }
}

/** A container by id or name; undefined when there is none. */
export async function findContainer(
  docker: ReadableEngine,
  idOrName: string,
): Promise<FoundContainer | undefined> {
  const answer = await unlessAbsent(docker.getContainer(idOrName).inspect());
  return answer === undefined ? undefined : containerSchema.parse(answer);
}

/** An image by id or name; undefined when there is none. */
export async function findImage(
  docker: ReadableEngine,
  name: string,
): Promise<FoundImage | undefined> {
  const answer = await unlessAbsent(docker.getImage(name).inspect());
  return answer === undefined ? undefined : imageSchema.parse(answer);
}

/** A network by id; undefined when there is none. */
export async function findNetwork(
  docker: ReadableEngine,
  id: string,
): Promise<FoundNetwork | undefined> {
  const answer = await unlessAbsent(docker.getNetwork(id).inspect());
  return answer === undefined ? undefined : networkSchema.parse(answer);
}
