import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const PROJECT = resolve(__dirname, "../../../..");

/** What a command printed, and its exit code. */
export interface Result {
  code: number;
  output: string;
}

/** Settings of the self-test's program, without their `SELFTEST_` prefix. */
export type Knobs = Record<string, string>;

/** A stack of the self-test's program in a folder of its own. */
export class Stack {
  readonly folder = mkdtempSync(join(tmpdir(), "whalewatch-selftest-"));
  readonly prefix = `selftest-${process.pid}`;
  private readonly environment: NodeJS.ProcessEnv;

  constructor(
    private knobs: Knobs,
    program = "program.ts",
  ) {
    const script = resolve(__dirname, "../engine.sh");
    const lines = this.command("bash", [script, "env", join(this.folder, "state")]).output;
    const source = `${lines}\nenv -0`;
    const exported = spawnSync("bash", ["-c", source], { encoding: "utf8" }).stdout.split("\0");
    this.environment = Object.fromEntries(
      exported.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]),
    );
    this.environment["PULUMI_CONFIG_PASSPHRASE"] = "selftest";
    this.write("Pulumi.yaml", projectFile());
    this.write("package.json", JSON.stringify({ type: "commonjs", main: "index.ts" }));
    copyFileSync(join(__dirname, program), join(this.folder, "index.ts"));
    symlinkSync(join(PROJECT, "node_modules"), join(this.folder, "node_modules"));
    this.expect(["stack", "init", "dev"]);
  }

  /** Changes settings for the commands that follow. */
  set(knobs: Knobs): void {
    this.knobs = { ...this.knobs, ...knobs };
  }

  /** Takes settings back to the program's own. */
  unset(...names: string[]): void {
    this.knobs = Object.fromEntries(
      Object.entries(this.knobs).filter(([name]) => !names.includes(name)),
    );
  }

  /** Sets variables of the environment for the commands that follow. */
  export(variables: Record<string, string>): void {
    Object.assign(this.environment, variables);
  }

  /** Writes a file into the stack's folder. */
  write(name: string, content: string): void {
    const path = join(this.folder, name);
    mkdirSync(resolve(path, ".."), { recursive: true });
    writeFileSync(path, content);
  }

  /** Runs pulumi, whatever comes out. */
  pulumi(args: readonly string[]): Result {
    return this.command("pulumi", [...args, "--non-interactive"], this.env());
  }

  /** Runs pulumi and throws when it fails; gives what it printed. */
  expect(args: readonly string[]): string {
    const { code, output } = this.pulumi(args);
    if (code !== 0) throw new Error(`pulumi ${args.join(" ")} ended with ${code}:\n${output}`);
    return output;
  }

  /** Brings the stack up without a preview. */
  up(...more: string[]): string {
    return this.expect(["up", "--yes", "--skip-preview", ...more]);
  }

  /** An output of the stack. */
  output(name: string): string {
    return this.expect(["stack", "output", name, "--show-secrets"]).trim();
  }

  /** Starts `up` and kills it without warning once the check holds. */
  async killedUp(ready: () => boolean): Promise<void> {
    const args = ["up", "--yes", "--skip-preview", "--non-interactive"];
    const child = spawn("pulumi", args, { cwd: this.folder, env: this.env(), stdio: "ignore" });
    const ended = new Promise((resolve) => child.once("exit", resolve));
    while (!ready()) await sleep(50);
    await sleep(300);
    child.kill("SIGKILL");
    await ended;
  }

  /** Runs docker and gives what it printed. */
  docker(...args: string[]): string {
    return this.run("docker", ...args);
  }

  /** Runs a command and gives what it printed; throws when it fails. */
  run(name: string, ...args: string[]): string {
    const { code, output } = this.command(name, args, this.environment);
    if (code !== 0) throw new Error(`${name} ${args.join(" ")} ended with ${code}:\n${output}`);
    return output.trim();
  }

  /** Removes everything that the self-test may have left, and its folder. */
  clean(): void {
    const mine = `label=whalewatch.selftest=${this.prefix}`;
    const remove = (kind: string, list: string[], removal: string[]): void => {
      const ids = this.docker(kind, "ls", "-q", ...list, "--filter", mine)
        .split("\n")
        .filter(Boolean);
      if (ids.length > 0) this.docker(kind, ...removal, ...ids);
    };
    remove("container", ["-a"], ["rm", "-fv"]);
    remove("network", [], ["rm"]);
    remove("volume", [], ["rm"]);
    this.command("docker", ["image", "rm", "-f", `${this.prefix}:built`]);
    this.forget();
  }

  /** Removes the folder with the stack's state. */
  forget(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private env(): NodeJS.ProcessEnv {
    const knobs = Object.entries({ PREFIX: this.prefix, ...this.knobs });
    const named = knobs.map(([name, value]): [string, string] => [`SELFTEST_${name}`, value]);
    return { ...this.environment, ...Object.fromEntries(named) };
  }

  private command(name: string, args: readonly string[], env = process.env): Result {
    const { status, stdout, stderr, error } = spawnSync(name, args, {
      cwd: this.folder,
      env,
      encoding: "utf8",
    });
    if (error) throw error;
    return { code: status ?? 1, output: status === 0 ? stdout : stdout + stderr };
  }
}

function projectFile(): string {
  return [
    "name: selftest",
    "runtime:",
    "  name: nodejs",
    "  options:",
    "    typescript: false",
    '    nodeargs: "--import tsx"',
    "",
  ].join("\n");
}
