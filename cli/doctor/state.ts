import { accessSync, constants, existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import type { StateBackend } from "../pulumi/state-backend";
import { exportsFolder, UNFINISHED } from "../pulumi/stack-exports";
import { checkSpace, STATE_SPACE } from "./disk-space";
import { type Diagnosis, fail, ok, warn } from "./diagnosis";

const OTHERS_MAY_READ = 0o077;

/** Where the state is, and whether it can be written to, as far as it is on this machine. */
export function checkBackend({ url, setBy }: StateBackend): Diagnosis[] {
  const found = `${url.replace(/\/\/[^/@]*@/, "//***@")} (${setBy})`;
  const folder = localFolder(url);
  if (folder === undefined) return [ok("state", found)];
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    const toDo = `Make it, or make it yours: sudo chown -R $USER ${folder}`;
    return [fail("state", `${found} cannot be written to`, toDo)];
  }
  return [ok("state", found), checkSpace("state's disk", folder, STATE_SPACE)];
}

/** The folder of a file:// backend. */
function localFolder(url: string): string | undefined {
  if (!url.startsWith("file://")) return undefined;
  const [written = ""] = url.slice("file://".length).split("?");
  return path.resolve(written.replace(/^~(?=\/|$)/, process.env["HOME"] ?? "~"));
}

/** Whether there is a passphrase, and nobody else may read it. */
export function checkPassphrase(environment: NodeJS.ProcessEnv): Diagnosis {
  if (environment["PULUMI_CONFIG_PASSPHRASE"] !== undefined) {
    return ok("passphrase", "PULUMI_CONFIG_PASSPHRASE is set");
  }
  const file = environment["PULUMI_CONFIG_PASSPHRASE_FILE"] ?? "";
  if (!existsSync(file)) {
    const toDo = "Bring the file back: without it the secrets in the state are lost.";
    return fail("passphrase", `${file} is not there`, toDo);
  }
  if ((statSync(file).mode & OTHERS_MAY_READ) !== 0) {
    return warn("passphrase", `${file} may be read by others`, `Run: chmod 600 ${file}`);
  }
  return ok("passphrase", file);
}

/** Exports that a stop half way left unfinished. */
export function unfinishedExports(stateFolder: string, stack: string): string[] {
  const folder = exportsFolder(stateFolder, stack);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(UNFINISHED))
    .map((name) => path.join(folder, name));
}

/** Whether stale files lie about. */
export function checkFiles(stale: readonly string[], fix: string): Diagnosis {
  if (stale.length === 0) return ok("files", "no stale file");
  return warn("files", `exports that were not finished: ${stale.join(", ")}`, fix);
}
