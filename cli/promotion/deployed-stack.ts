import { z } from "zod";
import { WORKLOAD_LABEL } from "../../model/engine-labels";
import { exportedStack } from "../pulumi/exported-stack";
import type { PulumiCli } from "../pulumi/pulumi-cli";
import { UserError } from "../user-error";

/** What Pulumi's state says of a stack that is up. */
export interface DeployedStack {
  /** The digest of what was declared, as planDigest makes it; absent in a state from before. */
  readonly digest?: string;
  /** The version of the program that deployed it. */
  readonly version?: string;
  /** The image of each workload: an id on Docker, a reference in a cluster. */
  readonly images: ReadonlyMap<string, string>;
}

const resource = z.object({
  type: z.string(),
  inputs: z.unknown().optional(),
  outputs: z.unknown().optional(),
});
const exported = exportedStack(resource);
const outputs = z.object({ digest: z.string().optional(), version: z.string().optional() });
const container = z.object({
  image: z.string(),
  labels: z.array(z.object({ label: z.string(), value: z.string() })),
});
const controller = z.object({
  metadata: z.object({ labels: z.record(z.string(), z.string()) }),
  spec: z.object({
    template: z.object({
      spec: z.object({ containers: z.array(z.object({ image: z.string() })) }),
    }),
  }),
});

/** Pulumi's words for a stack that nobody has made. */
const NO_STACK = /no stack named/;

/**
 * Reads what is deployed, without secrets; undefined where nothing is.
 * @throws UserError when the state cannot be read.
 */
export function readDeployedStack(
  pulumi: Pick<PulumiCli, "read">,
  stack: string,
): DeployedStack | undefined {
  let text: string;
  try {
    text = pulumi.read(["stack", "export", "--stack", stack]);
  } catch (error) {
    if (error instanceof UserError && NO_STACK.test(error.message)) return undefined;
    throw error;
  }
  const { resources } = exported.parse(JSON.parse(text));
  const images = new Map(resources.flatMap(imageOf));
  if (images.size === 0) return undefined;
  const root = resources.find(({ type }) => type === "pulumi:pulumi:Stack");
  const { digest, version } = outputs.safeParse(root?.outputs).data ?? {};
  return {
    ...(digest !== undefined && { digest }),
    ...(version !== undefined && { version }),
    images,
  };
}

/** The workload that a resource runs, with its image; nothing for what runs none. */
function imageOf({ type, inputs }: z.output<typeof resource>): [string, string][] {
  if (type === "docker:index/container:Container") {
    const { image, labels = [] } = container.safeParse(inputs).data ?? {};
    const workload = labels.find(({ label }) => label === WORKLOAD_LABEL)?.value;
    return image === undefined || workload === undefined ? [] : [[workload, image]];
  }
  const found = type.startsWith("kubernetes:apps/") ? controller.safeParse(inputs).data : undefined;
  const workload = found?.metadata.labels["app.kubernetes.io/name"];
  const image = found?.spec.template.spec.containers[0]?.image;
  return image === undefined || workload === undefined ? [] : [[workload, image]];
}
