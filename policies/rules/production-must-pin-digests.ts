import { mirroredImage } from "../../model/image-reference";
import { IMAGES } from "../../model/images";
import { imagePolicy } from "../images/image-policy";

const RELEASED: readonly string[] = Object.values(IMAGES);

/** What was tried before is what runs, byte for byte: somebody can move a tag. */
export const productionMustPinDigests = imagePolicy(
  {
    name: "production-must-pin-digests",
    description: "In production every image has a digest.",
    remedy: "Write the digest that was tried before, as repository:tag@sha256:….",
    level: "mandatory",
  },
  ({ title, image, built }, report, { stack }) => {
    if (!stack.settings.policies.production || image.digest !== undefined) return;
    if (built) {
      report(`${title} is built on the spot, so nobody tried these bytes before.`);
      return;
    }
    // The supported programs have reviewed release tags, which come with this program itself.
    const mirror = stack.settings.kubernetes.registryMirror;
    const isReleased = (released: string): boolean =>
      [released, mirroredImage(released, mirror)].includes(image.text);
    if (RELEASED.some(isReleased)) return;
    report(`${title} has no digest.`);
  },
);
