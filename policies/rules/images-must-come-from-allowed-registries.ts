import { imagePolicy } from "../images/image-policy";

/** Somebody decided who may publish what runs here. */
export const imagesMustComeFromAllowedRegistries = imagePolicy(
  {
    name: "images-must-come-from-allowed-registries",
    description: "Every image that is pulled comes from a registry that policies.registries lists.",
    remedy: "Push the image to a listed registry, or add this one to policies.registries.",
    level: "mandatory",
  },
  ({ title, image, built }, report, { stack }) => {
    const { registries } = stack.settings.policies;
    // What is built here was never pulled; without a list any registry will do.
    if (built || registries === undefined) return;
    const place = `${image.registry}/${image.repository}`;
    if (registries.some((allowed) => place === allowed || place.startsWith(`${allowed}/`))) return;
    report(`${title} comes from ${image.registry}; allowed: ${registries.join(", ")}.`);
  },
);
