import { operatorObjects } from "../../configs/prometheus/operator";
import { provisionFiles } from "../../configs/provision";
import { planDigest } from "../../model/digest";
import { formatImage, parseImage } from "../../model/image-reference";
import type { Stack } from "../../model/stack";
import type { Duration } from "../../model/units/duration";
import type { Finding } from "../drift/finding";
import { UserError } from "../user-error";
import { criticalAlerts } from "./critical-alerts";
import { type DeployedStack, readDeployedStack } from "./deployed-stack";
import type { ImageEdit } from "./image-edits";
import type { ImageRegistry } from "./image-registry";
import { newerVersionReasons } from "./newer-version";
import type { ObservedPlatform, PromotionTools } from "./promotion-tools";
import { type ProposedImages, proposeImages } from "./proposed-images";
import { driftReasons, healthReasons, type Observed, soakReasons } from "./readiness";
import { uncommittedFiles } from "./uncommitted-files";

/** How many files a reason names. */
const MOST_FILES = 5;

/** What a promotion is judged by. */
export interface JudgeArgs {
  readonly directory: string;
  readonly source: Stack;
  readonly target: Stack;
  readonly platform: ObservedPlatform;
  readonly tools: Pick<PromotionTools, "pulumi" | "findDrift" | "registry" | "now">;
  readonly soak: Duration;
  /** Whether the target's file has a service's image in a place of its own. */
  readonly canEdit: (service: string) => boolean;
}

/** What a promotion would change, and what speaks against it. */
export interface JudgedPromotion extends Omit<ProposedImages, "refused"> {
  /** Why it must not be, each a sentence; none when it may. */
  readonly reasons: readonly string[];
  readonly warnings: readonly string[];
  readonly soak: Duration;
}

/** Looks at everything that could speak against a promotion, without changing anything. */
export async function judgePromotion(args: JudgeArgs): Promise<JudgedPromotion> {
  const { source, target, tools, soak } = args;
  const git = uncommitted(args);
  const reasons = [
    ...newerVersionReasons(target.name, readDeployedStack(tools.pulumi, target.name)),
    ...git.reasons,
  ];
  const deployed = readDeployedStack(tools.pulumi, source.name);
  if (deployed === undefined) {
    const nothing = `${source.name} is not deployed, so nothing runs that could be promoted: npm run up -- --stack ${source.name}.`;
    return {
      ...{ reasons: [nothing, ...reasons], warnings: git.warnings },
      ...{ edits: [], leftOut: [], soak },
    };
  }
  const drift = await lookForDrift(args);
  const observed = await observe(args, deployed, drift.found);
  const alerts = await criticalAlerts(source, args.platform);
  const { edits, leftOut, refused } = proposeImages(
    { from: source, to: target },
    observed.images,
    args.canEdit,
  );
  const services = edits.map(({ service }) => service);
  return {
    reasons: [
      ...healthReasons(observed),
      ...alerts.reasons,
      ...driftReasons(observed),
      ...drift.reasons,
      ...soakReasons(observed, services, soak, tools.now()),
      ...refused,
      ...(await absentImages(edits, tools.registry)),
      ...reasons,
    ],
    warnings: [...alerts.warnings, ...git.warnings],
    ...{ edits, leftOut, soak },
  };
}

/** What is otherwise than declared; a reason where nobody can tell. */
async function lookForDrift({ source, platform, tools }: JudgeArgs): Promise<{
  readonly found: readonly Finding[];
  readonly reasons: readonly string[];
}> {
  try {
    return { found: await tools.findDrift(source, platform), reasons: [] };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const said = error.message.replaceAll(/\s*\n\s*/g, " ");
    return { found: [], reasons: [`nobody can tell whether ${source.name} was changed: ${said}`] };
  }
}

async function observe(
  { source, platform }: JudgeArgs,
  deployed: DeployedStack,
  drift: readonly Finding[],
): Promise<Observed> {
  const [running, images] = await Promise.all([platform.running(), platform.runningImages()]);
  return {
    ...{ stack: source, deployed, wellWord: platform.wellWord, running, images, drift },
    declaredDigest: planDigest(source, provisionFiles(source), operatorObjects(source)),
  };
}

/** Nobody could say later what was promoted, or undo it, beside changes that are not committed. */
function uncommitted({ directory }: JudgeArgs): {
  readonly reasons: readonly string[];
  readonly warnings: readonly string[];
} {
  const files = uncommittedFiles(directory);
  if (files === undefined) {
    const warning =
      "The project is in no git repository: nobody can review or undo the change there.";
    return { reasons: [], warnings: [warning] };
  }
  if (files.length === 0) return { reasons: [], warnings: [] };
  const more = files.length > MOST_FILES ? ` and ${files.length - MOST_FILES} more` : "";
  const named = `${files.slice(0, MOST_FILES).join(", ")}${more}`;
  return {
    reasons: [`not everything is committed: commit, discard or ignore ${named} first.`],
    warnings: [],
  };
}

/** The images by digest alone: a tag may have moved since. */
async function absentImages(
  edits: readonly ImageEdit[],
  registry: ImageRegistry,
): Promise<string[]> {
  const images = edits.map(({ to }) => {
    const { repository, digest } = parseImage(to);
    return formatImage({ repository, ...(digest !== undefined && { digest }) });
  });
  const reasons = await Promise.all(
    [...new Set(images)].map(async (image): Promise<string[]> => {
      const answer = await registry.find(image);
      switch (answer.found) {
        case "yes":
          return [];
        case "no":
          return [
            `${image} does not exist, or your login may not see it: push or copy it to ${parseImage(image).repository}, with docker push, crane copy or skopeo copy.`,
          ];
        case "unknown":
          return [
            `nobody can tell whether ${image} exists: ${answer.reason}; a private registry needs docker login.`,
          ];
      }
    }),
  );
  return reasons.flat();
}
