import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { TestContext } from "node:test";
import { temporaryFolder } from "./temporary-folder";

/** A `pulumi` on a PATH of its own, which notes how it was called. */
export interface StubPulumi {
  /** The environment to call it in. */
  readonly environment: NodeJS.ProcessEnv;
  /** The arguments of each call, in order. */
  readonly calls: () => string[];
}

/** Puts a shell script in the place of Pulumi's CLI; `$*` are its arguments. */
export function stubPulumi(context: Pick<TestContext, "after">, script: string): StubPulumi {
  const folder = temporaryFolder(context);
  const log = path.join(folder, "calls");
  writeFileSync(log, "");
  const program = path.join(folder, "pulumi");
  writeFileSync(program, `#!/bin/sh\necho "$*" >> '${log}'\n${script}\n`);
  chmodSync(program, 0o755);
  return {
    environment: { PATH: `${folder}:/usr/bin:/bin`, HOME: folder },
    calls: () => readFileSync(log, "utf8").trimEnd().split("\n"),
  };
}
