import {
  formatImage,
  type ImageReference,
  parseImage,
  sameRepository,
} from "../../model/image-reference";
import type { Stack } from "../../model/stack";
import type { RunningImage } from "../platforms/platform-access";
import type { ImageEdit } from "./image-edits";

/** What a promotion would do. */
export interface ProposedImages {
  readonly edits: readonly ImageEdit[];
  /** Services that stay as they are, each with the reason. */
  readonly leftOut: readonly string[];
  /** Why what runs cannot be promoted, each a sentence. */
  readonly refused: readonly string[];
}

/** The two environments, by what they declare. */
interface Both {
  readonly from: Pick<Stack, "name" | "settings">;
  readonly to: Pick<Stack, "name" | "settings">;
}

/**
 * The images that a stack's services would get from what runs in another: its own repository, and the
 * tag and digest of what runs there.
 * @param canEdit whether the target's file has a service's image in a place of its own.
 */
export function proposeImages(
  both: Both,
  running: readonly RunningImage[],
  canEdit: (service: string) => boolean,
): ProposedImages {
  const { from, to } = both;
  const edits: ImageEdit[] = [];
  const leftOut: string[] = [];
  const refused: string[] = [];
  const names = new Set([
    ...Object.keys(to.settings.services),
    ...Object.keys(from.settings.services),
  ]);
  for (const service of names) {
    const reason = outside(both, service, canEdit);
    if (reason !== undefined) {
      leftOut.push(`${service}: ${reason}`);
      continue;
    }
    const found = proposed(both, service, running);
    if (found === undefined) continue;
    if ("refused" in found) refused.push(found.refused);
    else if (parseImage(found.from).digest === parseImage(found.to).digest) {
      leftOut.push(`${service}: ${to.name} has this image already`);
    } else edits.push(found);
  }
  return { edits, leftOut, refused };
}

/** Why a service has no part in the promotion. */
function outside(
  { from, to }: Both,
  service: string,
  canEdit: (service: string) => boolean,
): string | undefined {
  const target = to.settings.services[service];
  if (target === undefined) return `${to.name} has no such service`;
  if (from.settings.services[service] === undefined) return `${from.name} has no such service`;
  if (target.build !== undefined) return `${to.name} builds its image instead of pulling it`;
  if (!canEdit(service)) {
    return `Pulumi.${to.name}.yaml shares its image by a YAML anchor; write it out there`;
  }
  return undefined;
}

/** Nothing where the service does not run, which is told as such. */
function proposed(
  { from, to }: Both,
  service: string,
  running: readonly RunningImage[],
): ImageEdit | { readonly refused: string } | undefined {
  const source = from.settings.services[service];
  const target = to.settings.services[service];
  const containers = running.filter(({ workload }) => workload === service);
  const [first] = containers;
  if (source === undefined || target === undefined || first === undefined) return undefined;
  const images = new Set(containers.map(({ image, digests }) => digests[0] ?? image));
  if (images.size > 1) {
    return {
      refused: `${service} runs ${images.size} images at once in ${from.name}: wait until its update is over.`,
    };
  }
  const { repository } = parseImage(target.image);
  const { tag } = parseImage(source.image);
  const digest = digestFor(first.digests.map(parseImage), repository);
  if (digest === undefined) {
    const pushed = formatImage({ repository, tag: tag ?? "1.0.0" });
    return {
      refused: `${service} runs an image in ${from.name} that is in no registry, so ${to.name} could not pull it: docker tag ${source.image} ${pushed} && docker push ${pushed}`,
    };
  }
  return {
    service,
    from: target.image,
    to: formatImage({ repository, ...(tag !== undefined && { tag }), digest }),
  };
}

/** The digest that this repository knows the image by, else the one of where it came from. */
function digestFor(known: readonly ImageReference[], repository: string): string | undefined {
  const own = known.find((image) => sameRepository(image.repository, repository));
  return (own ?? known[0])?.digest;
}
