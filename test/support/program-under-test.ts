import { z } from "zod";
import { checkedStack } from "../../cli/checked-stack";
import { passwordCanary } from "../../cli/engine/canaries";
import type { ProgramResult, RegisteredResource } from "../../cli/engine/program-run";
import { runProgram } from "../../cli/engine/run-program";
import { revealSecrets } from "../../cli/engine/wire-values";
import { readStackFile } from "../../cli/stack-file";
import type { Stack } from "../../model/stack";
import { PROJECT_DIRECTORY } from "./declared-stack";
import { CONTAINER, PASSWORD } from "./placed-environment";

/** The real program on the embedded engine, and the stack that its file declares. */
export interface StackRun {
  readonly stack: Stack;
  readonly run: ProgramResult;
}

/** Runs index.ts for one of the project's own stacks. */
export async function runProjectStack(name: "dev" | "prod"): Promise<StackRun> {
  const file = readStackFile(PROJECT_DIRECTORY, name);
  return { stack: checkedStack(file), run: await runProgram(file) };
}

/** Runs index.ts for settings that stand in no file. */
export function runSettings(
  settings: Readonly<Record<string, unknown>>,
  secrets: Readonly<Record<string, string>> = {},
): Promise<ProgramResult> {
  const under = (namespace: string, entries: readonly (readonly [string, string])[]) =>
    entries.map(([key, value]) => [`${namespace}:${key}`, value] as const);
  const values = Object.entries(settings).map(
    // As Pulumi keeps them: text as it is, everything else as JSON.
    ([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)] as const,
  );
  const secretEntries = under("secrets", Object.entries(secrets));
  return runProgram({
    project: "whalewatch",
    stack: "try",
    directory: PROJECT_DIRECTORY,
    config: Object.fromEntries([...under("whalewatch", values), ...secretEntries]),
    secretKeys: secretEntries.map(([key]) => key),
  });
}

/** The passwords that a run made up, by resource name. */
export function passwordsOf({ resources }: ProgramResult): Map<string, string> {
  const passwords = resources.filter(({ type }) => type === PASSWORD);
  return new Map(
    passwords.map(({ urn, name, inputs }) => [name, passwordCanary(urn, Number(inputs["length"]))]),
  );
}

/** What a dry run knows of a container; ids of images and networks are made by an update alone. */
const containerInputs = z.object({
  name: z.string(),
  memory: z.number(),
  memorySwap: z.number(),
  cpus: z.string(),
  user: z.string(),
  readOnly: z.boolean().default(false),
  ports: z
    .array(z.object({ ip: z.string(), external: z.number(), internal: z.number() }))
    .default([]),
  volumes: z.array(
    z.object({
      containerPath: z.string(),
      volumeName: z.string().optional(),
      hostPath: z.string().optional(),
      readOnly: z.boolean().default(false),
    }),
  ),
  uploads: z.array(z.object({ file: z.string(), content: z.string() })).default([]),
});

/** A container as the program registered it. */
export interface PlannedContainer extends z.output<typeof containerInputs> {
  readonly resource: RegisteredResource;
}

/** The containers of a run, with their secrets readable. */
export function containersOf({ resources }: ProgramResult): PlannedContainer[] {
  return resources
    .filter(({ type }) => type === CONTAINER)
    .map((resource) => ({
      resource,
      ...containerInputs.parse(revealSecrets(resource.inputs)),
    }));
}
