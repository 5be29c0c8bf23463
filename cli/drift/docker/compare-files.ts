import { type Finding, type Mend } from "../finding";
import type { ContainerInputs, DeclaredContainer } from "./declared-container";
import type { FoundFile } from "./read-files";

type Upload = ContainerInputs["uploads"][number];

/** One volume of files, as declared and as found. */
export interface FilePair {
  /** The container that carries the files. */
  readonly carrier: DeclaredContainer;
  readonly volume: string;
  /** Where it is in the carrier. */
  readonly directory: string;
  /** By absolute path. */
  readonly found: ReadonlyMap<string, FoundFile>;
  /** Containers that read the files when they start. */
  readonly readers: readonly DeclaredContainer[];
}

/**
 * Volumes are named by the digest of what they hold, but for those whose program reloads files by
 * itself: there, files of earlier updates stay, and are not listed anywhere.
 */
const NAMED_BY_CONTENT = /-[0-9a-f]{12}$/;

/** What of the files in one volume is other than declared. Contents are never shown. */
export function compareFiles(pair: FilePair): Finding[] {
  const { carrier, volume, directory, found, readers } = pair;
  const { resource, inputs } = carrier;
  const reloads = !NAMED_BY_CONTENT.test(volume);
  const anew = [resource.urn, ...(reloads ? [] : readers.map((reader) => reader.resource.urn))];
  const finding = (file: string, sides: Sides, mend: Mend): Finding => ({
    resource: resource.name,
    urn: resource.urn,
    property: `uploads ${file}`,
    ...sides,
    cause: "drift",
    mend,
  });
  const declared = inputs.uploads.filter(({ file }) => file.startsWith(`${directory}/`));
  const changed = declared.flatMap((upload) => {
    const sides = compareFile(upload, found.get(upload.file));
    return sides === undefined ? [] : [finding(upload.file, sides, { by: "replace", urns: anew })];
  });
  if (reloads) return changed;
  const strange = [...found.keys()]
    .filter((file) => !declared.some((upload) => upload.file === file))
    .map((file) => {
      const inside = `/files${file.slice(directory.length)}`;
      const command = `docker run --rm -v ${volume}:/files busybox rm ${inside}`;
      return finding(file, { declared: "absent", found: "a file" }, { by: "hand", command });
    });
  return [...changed, ...strange];
}

type Sides = Pick<Finding, "declared" | "found">;

function compareFile(upload: Upload, found: FoundFile | undefined): Sides | undefined {
  if (found === undefined) return { declared: "a file", found: "absent" };
  if (found.type !== "file") return { declared: "a file", found: `a ${found.type}` };
  if (!found.content.equals(Buffer.from(upload.content))) {
    return { declared: "its content", found: "differs" };
  }
  const rights = `${upload.permissions} ${upload.owner}:${upload.group}`;
  const there = `0${found.mode.toString(8).padStart(3, "0")} ${found.uid}:${found.gid}`;
  return rights === there ? undefined : { declared: rights, found: there };
}
