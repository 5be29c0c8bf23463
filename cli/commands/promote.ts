import { readFileSync } from "node:fs";
import path from "node:path";
import { Duration } from "../../model/units/duration";
import { checkedStack } from "../checked-stack";
import { describeObstacles } from "../checks/check";
import { EditableImages } from "../promotion/image-edits";
import { judgePromotion } from "../promotion/judge-promotion";
import { type PromotionTools, promotionTools } from "../promotion/promotion-tools";
import { pullRequestCommands } from "../promotion/pull-request";
import { writeEdited } from "../promotion/write-edited";
import { readStackFile } from "../stack-file";
import { UserError } from "../user-error";

/** Options of `whalewatch promote`. */
export interface PromoteOptions {
  /** How long each image must have run; default the target's `whalewatch:promotion.soak`. */
  readonly soak?: string;
  /** Do not ask before changing the file. */
  readonly yes?: boolean;
  /** Print the commands that make a pull request of it; they alone go to standard output. */
  readonly pr?: boolean;
}

/**
 * Writes the image digests that run in one environment into the stack file of another, if all is well
 * with them. Nothing is deployed.
 * @throws UserError with every reason not to, before anything was changed.
 */
export async function promote(
  directory: string,
  from: string,
  to: string,
  options: PromoteOptions,
  tools: PromotionTools = promotionTools(directory),
): Promise<void> {
  if (from === to) throw new UserError(`${from} cannot be promoted to itself.`);
  const soak = options.soak === undefined ? undefined : readSoak(options.soak);
  const source = checkedStack(readStackFile(directory, from));
  const file = readStackFile(directory, to);
  const target = checkedStack(file);
  const platform = await tools.openPlatform(source);
  const obstacles = [...tools.pulumi.check(), ...(await platform.checkAnswers())];
  if (obstacles.length > 0) throw new UserError(describeObstacles(obstacles));

  const name = `Pulumi.${to}.yaml`;
  const location = path.join(directory, name);
  const text = readFileSync(location, "utf8");
  const images = new EditableImages(text, file.project);
  const judged = await judgePromotion({
    ...{ directory, source, target, platform, tools },
    soak: soak ?? target.settings.promotion.soak,
    canEdit: (service) => images.canEdit(service),
  });
  const say = options.pr === true ? tools.complain : tools.say;
  for (const warning of judged.warnings) tools.complain(`WARNING: ${warning}`);
  if (judged.reasons.length > 0) {
    const reasons = judged.reasons.map((reason) => `  - ${reason}`);
    throw new UserError(
      [`${from} is not promoted to ${to}; nothing was changed:`, ...reasons].join("\n"),
    );
  }
  for (const line of judged.leftOut) say(`Left out: ${line}`);
  if (judged.edits.length === 0) {
    say(`There is nothing to promote from ${from} to ${to}.`);
    return;
  }
  const edited = images.edit(judged.edits);
  await writeEdited({ location, text, edited, sure: options.yes === true, ask: tools.ask, say });
  if (options.pr === true) {
    const { edits, leftOut } = judged;
    tools.say(pullRequestCommands({ from, to, edits, leftOut, soak: judged.soak.toString() }));
  } else {
    say(`Wrote ${name}. Commit it, then: npm run up -- --stack ${to}`);
  }
}

function readSoak(text: string): Duration {
  try {
    return Duration.parse(text);
  } catch (error) {
    if (error instanceof RangeError) throw new UserError(`--soak: ${error.message}`);
    throw error;
  }
}
