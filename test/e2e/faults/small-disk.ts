import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { run } from "../support/command";

const MEBIBYTES = 32;

/** A file system of 32 MiB of its own, which a test may fill without harm to the machine. */
export class SmallDisk {
  private constructor(
    private readonly folder: string,
    /** Where it is mounted. */
    readonly mountpoint: string,
  ) {}

  /** Makes and mounts one; says why not where the machine does not allow it. */
  static async make(): Promise<SmallDisk | string> {
    // Below /tmp and not /run, which node-exporter leaves out as the engine's own.
    const folder = mkdtempSync(path.join(tmpdir(), "whalewatch-disk-"));
    // node-exporter is nobody special, and may not look into a private folder.
    chmodSync(folder, 0o755);
    const image = path.join(folder, "image");
    const mountpoint = path.join(folder, "mounted");
    mkdirSync(mountpoint);
    for (const [command, ...args] of [
      ["truncate", `--size=${MEBIBYTES}M`, image],
      ["mkfs.ext4", "-q", image],
      ["mount", "-o", "loop", image, mountpoint],
    ] as const) {
      const ended = await run(command, args).catch((error: unknown) => String(error));
      if (typeof ended === "string" || ended.code !== 0) {
        rmSync(folder, { recursive: true });
        return `${command} failed: ${typeof ended === "string" ? ended : ended.output.trim()}`;
      }
    }
    return new SmallDisk(folder, mountpoint);
  }

  /** Fills nine tenths of it. */
  async fill(): Promise<void> {
    const file = path.join(this.mountpoint, "filling");
    await run("dd", ["if=/dev/zero", `of=${file}`, "bs=1M", "count=21", "conv=fsync"]);
  }

  /** Frees what `fill` took. */
  empty(): Promise<void> {
    rmSync(path.join(this.mountpoint, "filling"), { force: true });
    return Promise.resolve();
  }

  /** Unmounts and removes it. */
  async remove(): Promise<void> {
    await run("umount", [this.mountpoint]);
    rmSync(this.folder, { recursive: true });
  }
}
