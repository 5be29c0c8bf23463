/** An image by its parts. */
export interface ImageReference {
  /** With its registry, as written. */
  readonly repository: string;
  readonly tag?: string;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest?: string;
}

/** Reads `[registry/]repository[:tag][@sha256:digest]`. */
export function parseImage(image: string): ImageReference {
  const [name = "", digest] = image.split("@");
  // A colon before a slash parts a registry from its port.
  const [, repository = name, tag] = /^(.*?)(?::([^:/]+))?$/.exec(name) ?? [];
  return { repository, ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) };
}

/** Writes it as a stack file does. */
export function formatImage({ repository, tag, digest }: ImageReference): string {
  return `${repository}${tag === undefined ? "" : `:${tag}`}${digest === undefined ? "" : `@${digest}`}`;
}

/** Whether two names are of one repository: `redis` is short for `docker.io/library/redis`. */
export function sameRepository(a: string, b: string): boolean {
  return fullName(a) === fullName(b);
}

function fullName(repository: string): string {
  const [first = "", ...rest] = repository.split("/");
  if (rest.length === 0) return `docker.io/library/${repository}`;
  // Only a host has a dot or a port, or is the loopback.
  return /[.:]/.test(first) || first === "localhost" ? repository : `docker.io/${repository}`;
}

/**
 * The same image from a mirror, with its whole path behind it, as mirrors that pull through have it:
 * `ghcr.io/acme/x` becomes `MIRROR/acme/x`, and `redis` becomes `MIRROR/library/redis`.
 */
export function mirroredImage(image: string, mirror: string | undefined): string {
  if (mirror === undefined) return image;
  const [, ...path] = fullName(image).split("/");
  return `${mirror}/${path.join("/")}`;
}
