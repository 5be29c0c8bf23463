import { containersOf } from "../containers/containers-of";
import {
  attempt,
  fieldsOf,
  type PolicyContext,
  type PolicyResource,
  type Report,
  type ResourcePolicy,
} from "../policy";
import { type ImageName, imageName } from "./image-name";

const PULLED = "docker:index/remoteImage:RemoteImage";
const BUILT = "docker:index/image:Image";
const DOCKER_CONTAINER = "docker:index/container:Container";
/** An image by its content alone: what an image resource hands to a container. */
const IMAGE_ID = /^(?:sha256:)?[a-f0-9]{64}$/;

/** An image that is to run, and what a message calls it. */
export interface UsedImage {
  readonly title: string;
  readonly image: ImageName;
  /** Built by this stack rather than pulled. */
  readonly built: boolean;
}

/** A policy about each image by its name, wherever it is named. */
export function imagePolicy(
  facts: Omit<ResourcePolicy, "scope" | "check">,
  check: (used: UsedImage, report: Report, context: PolicyContext) => void,
): ResourcePolicy {
  return {
    ...facts,
    scope: "resource",
    check: (resource, context, report) => {
      attempt(report, () => {
        for (const used of imagesOf(resource, context)) check(used, report, context);
      });
    },
  };
}

function imagesOf(resource: PolicyResource, { stack }: PolicyContext): UsedImage[] {
  const fields = fieldsOf(resource);
  const builtHere = new Set(
    stack.workloads
      .filter(({ build }) => build !== undefined)
      .map((workload) => imageName(workload.image).repository),
  );
  const used = (name: string | undefined, where = ""): UsedImage[] => {
    // An image resource has judged an id by its name.
    if (name === undefined || IMAGE_ID.test(name)) return [];
    const image = imageName(name);
    const built = resource.type === BUILT || builtHere.has(image.repository);
    return [{ title: `Image '${name}'${where}`, image, built }];
  };
  if (resource.type === PULLED) return used(fields.at("name").text);
  if (resource.type === BUILT) return used(fields.at("imageName").text);
  return containersOf(resource).flatMap(({ title, image }) => {
    // On Docker what is not known yet is the id that an image resource will have.
    const comesFromResource = resource.type === DOCKER_CONTAINER && image.isUnknown;
    return comesFromResource ? [] : used(image.text, ` of ${title}`);
  });
}
