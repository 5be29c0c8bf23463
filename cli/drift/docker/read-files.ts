import path from "node:path";
import { extract } from "tar-stream";
import { type ReadableEngine, unlessAbsent } from "./engine";

/** Whatever lies in a directory of a container. */
export interface FoundFile {
  /** As tar has it: `file`, `symlink` and so on. */
  readonly type: string;
  readonly content: Buffer;
  /** Permission bits alone. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

const PERMISSION_BITS = 0o7777;

/**
 * Everything below a directory of a container, by absolute path; the engine also tells it of one that
 * does not run, with its volumes. Directories themselves are left out.
 * @returns undefined when there is no such directory.
 */
export async function readDirectory(
  docker: ReadableEngine,
  container: string,
  directory: string,
): Promise<Map<string, FoundFile> | undefined> {
  const archive = await unlessAbsent(
    docker.getContainer(container).getArchive({ path: directory }),
  );
  if (archive === undefined) return undefined;
  const files = new Map<string, FoundFile>();
  const reading = extract();
  reading.on("entry", ({ name, type, mode = 0, uid = 0, gid = 0 }, stream, next) => {
    const pieces: Buffer[] = [];
    stream.on("data", (piece: Buffer) => pieces.push(piece));
    stream.on("end", () => {
      if (type !== "directory") {
        const content = Buffer.concat(pieces);
        const found = { type: type ?? "file", content, mode: mode & PERMISSION_BITS, uid, gid };
        files.set(path.posix.join(path.posix.dirname(directory), name), found);
      }
      next();
    });
  });
  await new Promise<void>((resolve, reject) => {
    reading.on("finish", resolve);
    reading.on("error", reject);
    archive.on("error", reject);
    archive.pipe(reading);
  });
  return files;
}
