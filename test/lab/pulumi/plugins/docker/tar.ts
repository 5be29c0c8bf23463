/** One entry of a tar archive; names have no leading slash. */
export interface Entry {
  name: string;
  mode: number;
  uid?: number;
  gid?: number;
  content?: Buffer;
  /** Seconds since 1970, 0 when left out. */
  mtime?: number;
  kind?: "file" | "directory" | "link";
  target?: string;
}

const BLOCK = 512;
const TYPE = { file: "0", link: "2", directory: "5" } as const;

/** A tar archive in the ustar format. Equal entries give equal bytes. */
export function tarOf(entries: readonly Entry[]): Buffer {
  const parts = entries.flatMap((entry) => {
    const content = entry.content ?? Buffer.alloc(0);
    const padding = Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK);
    return [header(entry, content.length), content, padding];
  });
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]);
}

function header(entry: Entry, size: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  const { prefix, name } = split(entry.name);
  const octal = (value: number, length: number): string =>
    `${value.toString(8).padStart(length - 1, "0")}\0`;
  block.write(name, 0, 100);
  block.write(octal(entry.mode, 8), 100);
  block.write(octal(entry.uid ?? 0, 8), 108);
  block.write(octal(entry.gid ?? 0, 8), 116);
  block.write(octal(size, 12), 124);
  block.write(octal(entry.mtime ?? 0, 12), 136);
  block.write(" ".repeat(8), 148);
  block.write(TYPE[entry.kind ?? "file"], 156);
  block.write(entry.target ?? "", 157, 100);
  block.write("ustar\0" + "00", 257);
  block.write(prefix, 345, 155);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}

function split(path: string): { prefix: string; name: string } {
  if (Buffer.byteLength(path) <= 100) return { prefix: "", name: path };
  const at = path.indexOf("/", path.length - 101);
  const [prefix, name] = [path.slice(0, at), path.slice(at + 1)];
  if (at > 0 && Buffer.byteLength(prefix) <= 155 && Buffer.byteLength(name) <= 100) {
    return { prefix, name };
  }
  throw new Error(`"${path}" is too long for a tar archive of the test plugin`);
}
