import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { git, tryGit } from "./git";

/** A version's files in a folder of their own. */
export interface Checkout {
  /** The project's folder in it. */
  readonly directory: string;
  /** Whether it asks for the packages that are installed here. */
  readonly samePackages: boolean;
}

/** Gives files and folders that are gone when the work is done, also when it is broken off. */
export class TemporaryPlaces {
  readonly #root = mkdtempSync(path.join(realpathSync(tmpdir()), "whalewatch-diff-"));
  readonly #worktrees: string[] = [];
  readonly #onSignal = (signal: NodeJS.Signals): void => {
    this.remove();
    process.kill(process.pid, signal);
  };

  constructor(private readonly project: string) {
    process.once("SIGINT", this.#onSignal).once("SIGTERM", this.#onSignal);
  }

  /** A folder that does not exist yet. */
  folder(name: string): string {
    return path.join(this.#root, name);
  }

  /** Checks a commit out, with the packages that are installed here. */
  checkOut(name: string, commit: string): Checkout {
    const worktree = this.folder(name);
    this.#worktrees.push(worktree);
    git(this.project, "worktree", "add", "--quiet", "--detach", worktree, commit);
    const prefix = git(this.project, "rev-parse", "--show-prefix");
    const directory = path.join(worktree, prefix);
    const packages = path.join(directory, "node_modules");
    if (!existsSync(packages)) symlinkSync(path.join(this.project, "node_modules"), packages);
    return { directory, samePackages: lock(directory) === lock(this.project) };
  }

  /** Takes everything away; a second time it does nothing. */
  remove(): void {
    process.removeListener("SIGINT", this.#onSignal).removeListener("SIGTERM", this.#onSignal);
    for (const worktree of this.#worktrees.splice(0)) {
      tryGit(this.project, "worktree", "remove", "--force", worktree);
    }
    rmSync(this.#root, { recursive: true, force: true });
    tryGit(this.project, "worktree", "prune");
  }
}

function lock(directory: string): string {
  const file = path.join(directory, "package-lock.json");
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}
