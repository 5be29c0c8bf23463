import { spawn, spawnSync } from "node:child_process";
import type { Obstacle } from "../checks/check";
import { UserError } from "../user-error";

const NO_CLI: Obstacle = {
  problem: "The Pulumi CLI is not on PATH.",
  remedy: "Install it as its documentation says (pulumi.com/docs/install), then open a new shell.",
};

function notStarted(error: NodeJS.ErrnoException): UserError {
  if (error.code === "ENOENT") return new UserError(`${NO_CLI.problem} ${NO_CLI.remedy}`);
  return new UserError(`pulumi cannot be run: ${error.message}`);
}

/** How long a cancelled command may take to end before it is told to end at once. */
const CANCEL_WITHIN_MS = 20_000;

/** How a command ended. */
export interface Attempt {
  /** The exit code; null when a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The Pulumi CLI on PATH, with the environment it is to run in. */
export class PulumiCli {
  constructor(
    private readonly directory: string,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  /** Is the CLI there at all? */
  check(): Obstacle[] {
    const { status } = spawnSync("pulumi", ["version"], { env: this.environment });
    return status === 0 ? [] : [NO_CLI];
  }

  /**
   * Runs a command with the user's terminal. When `signal` aborts, it is cancelled: Pulumi finishes
   * what it is doing and saves its state.
   * @throws UserError when it fails; it has said why itself.
   * @throws the signal's reason when that is why it ended.
   */
  run(args: readonly string[], { signal }: { readonly signal?: AbortSignal } = {}): Promise<void> {
    return new Promise((resolve, reject) => {
      const child = spawn("pulumi", [...args], {
        cwd: this.directory,
        env: this.environment,
        stdio: "inherit",
      });
      let impatience: NodeJS.Timeout | undefined;
      const cancel = () => {
        child.kill("SIGINT");
        impatience = setTimeout(() => child.kill("SIGINT"), CANCEL_WITHIN_MS);
      };
      if (signal?.aborted === true) cancel();
      signal?.addEventListener("abort", cancel, { once: true });
      child.once("error", (error) => {
        reject(notStarted(error));
      });
      child.once("exit", (code, killedBy) => {
        clearTimeout(impatience);
        signal?.removeEventListener("abort", cancel);
        if (code === 0) resolve();
        else if (signal?.aborted === true && signal.reason instanceof Error) reject(signal.reason);
        else {
          const ending = killedBy ?? `code ${String(code)}`;
          reject(new UserError(`pulumi ${args.join(" ")} ended with ${ending}.`));
        }
      });
    });
  }

  /**
   * Runs a command and returns what it prints.
   * @throws UserError with the CLI's own words when it fails.
   */
  read(args: readonly string[]): string {
    const { status, stdout, stderr } = this.attempt(args);
    if (status === 0) return stdout;
    throw new UserError(`pulumi ${args.join(" ")} failed: ${stderr.trim()}`);
  }

  /**
   * Runs a command and returns how it ended, for those whose failure says something.
   * @throws UserError when it cannot be started.
   */
  attempt(args: readonly string[]): Attempt {
    const { status, stdout, stderr, error } = spawnSync("pulumi", [...args, "--non-interactive"], {
      cwd: this.directory,
      env: this.environment,
      encoding: "utf8",
      maxBuffer: 256 * 1024 * 1024,
    });
    if (error !== undefined) throw notStarted(error);
    return { status, stdout, stderr };
  }
}
