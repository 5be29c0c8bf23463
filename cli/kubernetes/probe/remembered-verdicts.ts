import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

const FILE = "network-probes.json";
const VALID_MS = 24 * 3600 * 1000;

const fileSchema = z.record(
  z.string(),
  z.object({ kind: z.enum(["enforced", "open"]), at: z.number() }),
);

/** What a probe found out, kept in the state folder for a day and by the cluster's address. */
export class RememberedVerdicts {
  constructor(
    private readonly folder: string,
    private readonly now: () => number = Date.now,
  ) {}

  /** What is known of a cluster and not yet too old. */
  find(server: string): "enforced" | "open" | undefined {
    const found = this.read()[server];
    return found !== undefined && this.now() - found.at < VALID_MS ? found.kind : undefined;
  }

  /** Keeps what was found out. */
  remember(server: string, kind: "enforced" | "open"): void {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const all = { ...this.read(), [server]: { kind, at: this.now() } };
    writeFileSync(path.join(this.folder, FILE), `${JSON.stringify(all, null, 2)}\n`);
  }

  private read(): z.output<typeof fileSchema> {
    const file = path.join(this.folder, FILE);
    if (!existsSync(file)) return {};
    try {
      return fileSchema.parse(JSON.parse(readFileSync(file, "utf8")));
    } catch {
      // Written half, or by another version: found out anew.
      return {};
    }
  }
}
