import { z } from "zod";
import type { PulumiCli } from "../pulumi/pulumi-cli";

/** The images that an update of a stack deployed, by service. */
export interface DeployedImages {
  /** When the update began, as Pulumi writes it. */
  readonly startedAt: string;
  readonly images: ReadonlyMap<string, string>;
}

const updates = z.array(
  z.object({
    kind: z.string(),
    result: z.string(),
    startTime: z.string(),
    config: z.record(z.string(), z.object({ value: z.string().optional() })).default({}),
  }),
);
const services = z.record(z.string(), z.object({ image: z.string() }));

/**
 * What a stack's successful updates deployed, newest first, from the history that every backend keeps.
 * @throws UserError when Pulumi cannot tell.
 */
export function deployedHistory(
  pulumi: Pick<PulumiCli, "read">,
  project: string,
  stack: string,
): DeployedImages[] {
  const text = pulumi.read(["stack", "history", "--json", "--stack", stack]);
  return updates.parse(JSON.parse(text)).flatMap(({ kind, result, startTime, config }) => {
    if (kind !== "update" || result !== "succeeded") return [];
    const value = config[`${project}:services`]?.value;
    if (value === undefined) return [];
    const declared = services.parse(JSON.parse(value));
    const images = Object.entries(declared).map(([name, { image }]) => [name, image] as const);
    return [{ startedAt: startTime, images: new Map(images) }];
  });
}

/**
 * What ran before these images were first deployed: the newest older update with others. Going back
 * twice thus goes back further, and not to and fro. Undefined when there is none.
 */
export function previousImages(
  history: readonly DeployedImages[],
  current: ReadonlyMap<string, string>,
): DeployedImages | undefined {
  const isCurrent = ({ images }: DeployedImages): boolean =>
    [...current].every(([service, image]) => (images.get(service) ?? image) === image);
  const first = history.findLastIndex(isCurrent);
  return history.slice(first + 1).find((update) => !isCurrent(update));
}
