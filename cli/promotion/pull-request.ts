import { createHash } from "node:crypto";
import { parseImage } from "../../model/image-reference";
import type { ImageEdit } from "./image-edits";

/** What a pull request for a promotion is about. */
export interface Promotion {
  readonly from: string;
  readonly to: string;
  readonly edits: readonly ImageEdit[];
  readonly leftOut: readonly string[];
  /** How long each image had run at least, as asked. */
  readonly soak: string;
}

/**
 * The shell commands that commit the edited file on a branch of its own and open a pull request with
 * GitHub's CLI. The branch is named by its content: the same promotion twice is the same branch.
 */
export function pullRequestCommands(promotion: Promotion): string {
  const { to } = promotion;
  const digest = createHash("sha256").update(JSON.stringify(promotion.edits)).digest("hex");
  const branch = `promote-${to}-${digest.slice(0, 8)}`;
  const title = titleOf(promotion);
  const file = quoted(`Pulumi.${to}.yaml`);
  return [
    `git switch --create ${quoted(branch)}`,
    `git commit --message ${quoted(title)} -- ${file}`,
    `git push --set-upstream origin ${quoted(branch)}`,
    `gh pr create --head ${quoted(branch)} --title ${quoted(title)} --body ${quoted(bodyOf(promotion))}`,
  ].join(" &&\n");
}

const MOST_NAMED = 3;

function titleOf({ from, to, edits }: Promotion): string {
  const named = edits.map(({ service, to: image }) => {
    const { tag } = parseImage(image);
    return tag === undefined ? service : `${service} ${tag}`;
  });
  const what = named.length > MOST_NAMED ? `${named.length} services` : named.join(", ");
  return `Promote ${what} from ${from} to ${to}`;
}

function bodyOf({ from, to, edits, leftOut, soak }: Promotion): string {
  return [
    `What runs in ${from} comes to ${to}, by digest. When this was made, ${from} ran what its file declares, every workload was well, no critical alert fired, and each of these images had run there for at least ${soak}.`,
    "",
    "| service | now | after |",
    "| --- | --- | --- |",
    ...edits.map((edit) => `| ${edit.service} | \`${edit.from}\` | \`${edit.to}\` |`),
    ...(leftOut.length === 0 ? [] : ["", "Left as it is:", ""]),
    ...leftOut.map((line) => `- ${line}`),
    "",
    `To go back after the update: \`npm run rollback -- ${to}\`.`,
  ].join("\n");
}

/** One word for a POSIX shell, whatever is in it. */
function quoted(text: string): string {
  return /^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
