import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { lstat, readdir, readFile, readlink } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import dockerignore from "@balena/dockerignore";
import { tarOf, type Entry } from "./tar";

/** The files that a build is given. */
export interface BuildContext {
  /** The archive for the engine. */
  tar: Buffer;
  /** The Dockerfile's name in the archive. */
  dockerfile: string;
  /** Changes with every change of a file's name, mode or content. */
  digest: string;
}

/** The name in the archive of a Dockerfile that is not among the context's files. */
const OUTSIDE = ".dockerfile.outside-context";

/** Collects a folder without what its .dockerignore excludes, and the Dockerfile wherever it is. */
export async function buildContext(folder: string, dockerfile: string): Promise<BuildContext> {
  const root = resolve(folder);
  const recipe = resolve(dockerfile || join(folder, "Dockerfile"));
  const ignored = await ignoreRules(root);
  const entries = await collect(root, "", ignored);
  const inside = relative(root, recipe).split(sep).join("/");
  const name = entries.some((entry) => entry.name === inside) ? inside : OUTSIDE;
  if (name === OUTSIDE) entries.push({ name, mode: 0o644, content: await readFile(recipe) });
  const tar = tarOf(entries);
  return { tar, dockerfile: name, digest: createHash("sha256").update(tar).digest("hex") };
}

type Ignored = (path: string) => boolean;

async function ignoreRules(root: string): Promise<Ignored> {
  const file = join(root, ".dockerignore");
  if (!existsSync(file)) return () => false;
  const rules = dockerignore({ ignorecase: false }).add(await readFile(file, "utf8"));
  return (path) => rules.ignores(path);
}

async function collect(root: string, folder: string, ignored: Ignored): Promise<Entry[]> {
  const names = (await readdir(join(root, folder))).sort();
  const found = await Promise.all(
    names.map((name) => entriesOf(root, folder === "" ? name : `${folder}/${name}`, ignored)),
  );
  return found.flat();
}

async function entriesOf(root: string, name: string, ignored: Ignored): Promise<Entry[]> {
  const path = join(root, name);
  const info = await lstat(path);
  const mode = info.mode & 0o777;
  if (info.isDirectory()) {
    const inner = await collect(root, name, ignored);
    if (inner.length === 0 && ignored(name)) return [];
    return [{ name: `${name}/`, mode, kind: "directory" }, ...inner];
  }
  if (ignored(name)) return [];
  if (info.isSymbolicLink()) return [{ name, mode, kind: "link", target: await readlink(path) }];
  return info.isFile() ? [{ name, mode, content: await readFile(path) }] : [];
}
