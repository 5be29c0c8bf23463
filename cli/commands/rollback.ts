import { readFileSync } from "node:fs";
import path from "node:path";
import { checkedStack } from "../checked-stack";
import { describeObstacles } from "../checks/check";
import { EditableImages, type ImageEdit } from "../promotion/image-edits";
import type { ImageRegistry } from "../promotion/image-registry";
import { type PromotionTools, promotionTools } from "../promotion/promotion-tools";
import { type DeployedImages, deployedHistory, previousImages } from "../promotion/update-history";
import { writeEdited } from "../promotion/write-edited";
import { readStackFile } from "../stack-file";
import { UserError } from "../user-error";

/** Options of `whalewatch rollback`. */
export interface RollbackOptions {
  /** Do not ask before changing the file. */
  readonly yes?: boolean;
}

/**
 * Writes the images of a stack's last good update before its present ones back into its file.
 * Nothing is deployed.
 * @throws UserError when there is no such update, or an image of it is gone.
 */
export async function rollback(
  directory: string,
  stack: string,
  options: RollbackOptions,
  tools: Omit<PromotionTools, "openPlatform" | "now"> = promotionTools(directory),
): Promise<void> {
  const file = readStackFile(directory, stack);
  const { settings } = checkedStack(file);
  const obstacles = tools.pulumi.check();
  if (obstacles.length > 0) throw new UserError(describeObstacles(obstacles));
  const name = `Pulumi.${stack}.yaml`;
  const location = path.join(directory, name);
  const text = readFileSync(location, "utf8");
  const images = new EditableImages(text, file.project);
  const current = new Map(
    Object.entries(settings.services)
      .filter(([service, { build }]) => build === undefined && images.canEdit(service))
      .map(([service, { image }]) => [service, image]),
  );
  const previous = previousImages(deployedHistory(tools.pulumi, file.project, stack), current);
  if (previous === undefined) {
    throw new UserError(
      `${stack} has no earlier update that succeeded with other images; nothing was changed. See: npm run pulumi -- stack history --stack ${stack}`,
    );
  }
  const edits = goingBack(current, previous);
  await checkImages(edits, tools);
  for (const service of Object.keys(settings.services)) {
    const reason = leftOut(service, current, previous);
    if (reason !== undefined) tools.say(`Left out: ${service}: ${reason}`);
  }
  const edited = images.edit(edits);
  tools.say(`Back to what was deployed at ${previous.startedAt}:`);
  const { ask, say } = tools;
  await writeEdited({ location, text, edited, sure: options.yes === true, ask, say });
  tools.say(`Wrote ${name}. To deploy it: npm run up -- --stack ${stack}`);
}

function goingBack(current: ReadonlyMap<string, string>, { images }: DeployedImages): ImageEdit[] {
  return [...current].flatMap(([service, from]) => {
    const to = images.get(service);
    return to === undefined || to === from ? [] : [{ service, from, to }];
  });
}

function leftOut(
  service: string,
  current: ReadonlyMap<string, string>,
  { images }: DeployedImages,
): string | undefined {
  if (!current.has(service)) return "its image is built, or shared by a YAML anchor";
  return images.has(service) ? undefined : "it was not there then";
}

/** What is gone cannot be deployed; what cannot be asked about is no reason to keep what is broken. */
async function checkImages(
  edits: readonly ImageEdit[],
  { registry, complain }: { registry: ImageRegistry; complain: (line: string) => void },
): Promise<void> {
  const images = [...new Set(edits.map(({ to }) => to))];
  const answers = await Promise.all(
    images.map(async (image) => ({ image, answer: await registry.find(image) })),
  );
  for (const { image, answer } of answers) {
    if (answer.found === "unknown") {
      complain(`WARNING: nobody can tell whether ${image} exists: ${answer.reason}`);
    }
  }
  const gone = answers.filter(({ answer }) => answer.found === "no").map(({ image }) => image);
  if (gone.length > 0) {
    const verb = gone.length === 1 ? "exists" : "exist";
    throw new UserError(
      `${gone.join(", ")} no longer ${verb}, or your login may not see it; nothing was changed.`,
    );
  }
}
