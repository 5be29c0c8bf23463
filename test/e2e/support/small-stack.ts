import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { run, start, succeeds, whalewatch } from "./command";

/** A stack of a test's own beside the others, with no more than it needs. */
export class SmallStack {
  constructor(readonly name: string) {}

  /** Writes its file. */
  declare(settings: string): void {
    writeFileSync(this.file, `config:\n${settings}`);
  }

  /** Runs one of the project's commands on it. */
  whalewatch(verb: string, ...args: string[]) {
    return whalewatch([verb, ...args, "--stack", this.name]);
  }

  /** The same with other variables. */
  whalewatchWith(env: NodeJS.ProcessEnv, verb: string, ...args: string[]) {
    return whalewatch([verb, ...args, "--stack", this.name], env);
  }

  /** Starts one of them in a process group of its own. */
  start(verb: string, ...args: string[]) {
    const program = ["--import", "tsx", "cli/main.ts"];
    return start(process.execPath, [...program, verb, ...args, "--stack", this.name], {});
  }

  /** Runs a program inside a workload and returns what it prints. */
  async execute(workload: string, ...command: string[]): Promise<string> {
    return (await succeeds(run("docker", ["exec", this.container(workload), ...command]))).trim();
  }

  /** Asks its Postgres as the superuser. */
  psql(sql: string): Promise<string> {
    const login = ["-h", "/var/run/postgresql", "-U", "postgres", "-d", "app"];
    return this.execute("postgres", "psql", ...login, "-v", "ON_ERROR_STOP=1", "-tAc", sql);
  }

  /** The name of a workload's container. */
  container(workload: string): string {
    return `whalewatch.${this.name}.${workload}`;
  }

  /** Takes it down with all of its data, whatever has happened to it, and removes its file. */
  async remove(): Promise<void> {
    const { code, output } = await this.whalewatch("down", "--yes", "--delete-data");
    assert.equal(code, 0, output);
    await run("pulumi", ["stack", "rm", this.name, "--yes", "--preserve-config"]);
    rmSync(this.file, { force: true });
  }

  private get file(): string {
    return `Pulumi.${this.name}.yaml`;
  }
}
