/** The parts of an image's name. */
export interface ImageName {
  /** As it was written. */
  readonly text: string;
  /** The registry's host; Docker Hub's where none is named. */
  readonly registry: string;
  readonly repository: string;
  readonly tag?: string;
  /** Such as `sha256:…`. */
  readonly digest?: string;
}

const DOCKER_HUB = "docker.io";
/** Names of one label on Docker Hub are official images. */
const OFFICIAL = "library/";

/** Reads an image's name as Docker does (distribution/reference: a first part with `.` or `:` is a host). */
export function imageName(text: string): ImageName {
  const [named = "", digest] = text.split("@");
  const lastSlash = named.lastIndexOf("/");
  const colon = named.indexOf(":", lastSlash + 1);
  const path = colon < 0 ? named : named.slice(0, colon);
  const [first = "", ...rest] = path.split("/");
  const hasHost = rest.length > 0 && (/[.:]/.test(first) || first === "localhost");
  const host = hasHost ? first : DOCKER_HUB;
  const within = hasHost ? rest.join("/") : path;
  return {
    text,
    registry: host,
    repository: host === DOCKER_HUB && !within.includes("/") ? `${OFFICIAL}${within}` : within,
    ...(colon >= 0 && { tag: named.slice(colon + 1) }),
    ...(digest !== undefined && { digest }),
  };
}
