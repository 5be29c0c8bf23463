import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { STATE_FOLDER, stateBackend } from "./state-backend";

export { STATE_FOLDER };

const PASSPHRASE_BYTES = 32;

/**
 * The environment for the Pulumi CLI. A user who has logged in anywhere, or set a backend or a
 * passphrase, keeps it; otherwise the state is a local folder and the passphrase a file that is
 * made once, before the first stack, and readable by its owner alone.
 * @throws UserError when Pulumi.yaml names a backend that Pulumi does not know.
 */
export function pulumiEnvironment(
  directory: string,
  given: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  const folder = path.join(directory, STATE_FOLDER);
  const environment: NodeJS.ProcessEnv = { PULUMI_SKIP_UPDATE_CHECK: "true", ...given };
  const { url, setBy } = stateBackend(directory, given);
  if (setBy === "default") {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    environment["PULUMI_BACKEND_URL"] = url;
  }
  const hasPassphrase =
    given["PULUMI_CONFIG_PASSPHRASE"] !== undefined ||
    given["PULUMI_CONFIG_PASSPHRASE_FILE"] !== undefined;
  if (!hasPassphrase) environment["PULUMI_CONFIG_PASSPHRASE_FILE"] = passphraseFile(folder);
  return environment;
}

/** One that is lost is not made anew: it would not open what the old one has locked. */
function passphraseFile(folder: string): string {
  const file = path.join(folder, "passphrase");
  const hasStacks = existsSync(path.join(folder, ".pulumi", "stacks"));
  if (!existsSync(file) && !hasStacks) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const passphrase = randomBytes(PASSPHRASE_BYTES).toString("base64url");
    writeFileSync(file, passphrase, { mode: 0o600, flag: "wx" });
  }
  return file;
}
