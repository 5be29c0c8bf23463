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
   * Runs a command with the user's terminal.
   * @throws UserError when it fails; it has said why itself.
   */
  run(args: readonly string[]): Promise<void> {
    return new Promise((resolve, reject) => {
      const child = spawn("pulumi", [...args], {
        cwd: this.directory,
        env: this.environment,
        stdio: "inherit",
      });
      child.once("error", (error) => {
        reject(notStarted(error));
      });
      child.once("exit", (code, signal) => {
        if (code === 0) resolve();
        else
          reject(
            new UserError(
              `pulumi ${args.join(" ")} ended with ${signal ?? `code ${String(code)}`}.`,
            ),
          );
      });
    });
  }

  /**
   * Runs a command and returns what it prints.
   * @throws UserError with the CLI's own words when it fails.
   */
  read(args: readonly string[]): string {
    const { status, stdout, stderr, error } = spawnSync("pulumi", [...args, "--non-interactive"], {
      cwd: this.directory,
      env: this.environment,
      encoding: "utf8",
      maxBuffer: 256 * 1024 * 1024,
    });
    if (error !== undefined) throw notStarted(error);
    if (status === 0) return stdout;
    throw new UserError(`pulumi ${args.join(" ")} failed: ${stderr.trim()}`);
  }
}
