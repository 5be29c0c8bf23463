import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

/** Folder of the state, below the project; git ignores it. */
export const STATE_FOLDER = ".pulumi-state";
const PASSPHRASE_BYTES = 32;

/**
 * The environment for the Pulumi CLI. A user who has logged in anywhere, or set a backend or a
 * passphrase, keeps it; otherwise the state is a local folder and the passphrase a file that is
 * made once and readable by its owner alone.
 */
export function pulumiEnvironment(
  directory: string,
  given: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  const folder = path.join(directory, STATE_FOLDER);
  const environment: NodeJS.ProcessEnv = { PULUMI_SKIP_UPDATE_CHECK: "true", ...given };
  // Pulumi takes an empty backend for none.
  if ((given["PULUMI_BACKEND_URL"] ?? "") === "" && !loggedIn(given)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    environment["PULUMI_BACKEND_URL"] = `file://${folder}`;
  }
  const hasPassphrase =
    given["PULUMI_CONFIG_PASSPHRASE"] !== undefined ||
    given["PULUMI_CONFIG_PASSPHRASE_FILE"] !== undefined;
  if (!hasPassphrase) environment["PULUMI_CONFIG_PASSPHRASE_FILE"] = passphraseFile(folder);
  return environment;
}

function passphraseFile(folder: string): string {
  const file = path.join(folder, "passphrase");
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const passphrase = randomBytes(PASSPHRASE_BYTES).toString("base64url");
    writeFileSync(file, passphrase, { mode: 0o600, flag: "wx" });
  }
  return file;
}

/** Whether `pulumi login` has been used: the CLI then keeps the current backend in a file. */
function loggedIn(given: NodeJS.ProcessEnv): boolean {
  const home = given["PULUMI_HOME"] ?? path.join(given["HOME"] ?? homedir(), ".pulumi");
  const file = path.join(home, "credentials.json");
  if (!existsSync(file)) return false;
  const credentials: unknown = JSON.parse(readFileSync(file, "utf8"));
  return (
    typeof credentials === "object" &&
    credentials !== null &&
    "current" in credentials &&
    typeof credentials.current === "string" &&
    credentials.current !== ""
  );
}
