import { pack } from "tar-stream";
import type { ReadableEngine } from "../../../../cli/drift/docker/engine";

/** A file for the archive of a directory. */
export interface StubFile {
  /** With the directory's own name before it, as the engine writes it. */
  readonly name: string;
  readonly content?: string;
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly type?: "file" | "directory" | "symlink";
}

/** What a made-up engine has. */
export interface StubEngine {
  /** Inspected containers, by id and by name. */
  readonly containers?: Readonly<Record<string, unknown>>;
  readonly images?: Readonly<Record<string, unknown>>;
  readonly networks?: Readonly<Record<string, unknown>>;
  /** By `<container id>:<path>`. */
  readonly archives?: Readonly<Record<string, readonly StubFile[]>>;
  /** Ids of what carries the stack's labels. */
  readonly labelled?: {
    readonly containers?: readonly string[];
    readonly networks?: readonly string[];
  };
}

/** An engine that can only be read. */
export function stubEngine(has: StubEngine): ReadableEngine {
  const { containers = {}, images = {}, networks = {}, archives = {}, labelled = {} } = has;
  return {
    getContainer: (id) => ({
      inspect: () => given(containers, id),
      getArchive: async ({ path }) => archiveOf(await given(archives, `${id}:${path}`)),
    }),
    getImage: (name) => ({ inspect: () => given(images, name) }),
    getNetwork: (id) => ({ inspect: () => given(networks, id) }),
    listContainers: () =>
      Promise.resolve(
        (labelled.containers ?? []).map((Id) => ({
          ...{ Id, Names: [`/name-of-${Id}`], State: "running", Status: "Up" },
          ...{ Labels: {}, Ports: [] },
        })),
      ),
    listNetworks: () =>
      Promise.resolve((labelled.networks ?? []).map((Id) => ({ Id, Name: `name-of-${Id}` }))),
  };
}

function given<T>(all: Readonly<Record<string, T>>, key: string): Promise<T> {
  const found = all[key];
  if (found !== undefined) return Promise.resolve(found);
  return Promise.reject(Object.assign(new Error(`no such thing: ${key}`), { statusCode: 404 }));
}

function archiveOf(files: readonly StubFile[]): NodeJS.ReadableStream {
  const archive = pack();
  for (const { content = "", type = "file", ...header } of files) {
    const linkname = type === "symlink" ? "/etc/passwd" : undefined;
    archive.entry({ ...header, type, ...(linkname !== undefined && { linkname }) }, content);
  }
  archive.finalize();
  return archive;
}
