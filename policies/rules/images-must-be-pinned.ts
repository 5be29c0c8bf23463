import { imagePolicy } from "../images/image-policy";

/** The same name runs the same bytes tomorrow. */
export const imagesMustBePinned = imagePolicy(
  {
    name: "images-must-be-pinned",
    description: "Every image has a tag other than latest, or a digest.",
    remedy: "Write a released version's tag, such as ghcr.io/acme/api:1.4.2, or a digest.",
    level: "mandatory",
  },
  ({ title, image }, report) => {
    if (image.digest !== undefined) return;
    if (image.tag === undefined) report(`${title} has neither tag nor digest, which means latest.`);
    else if (image.tag === "latest")
      report(`${title} has the tag latest, which names something else tomorrow.`);
  },
);
