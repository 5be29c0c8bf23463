import { pulumiEnvironment } from "../pulumi/local-backend";
import { PulumiCli } from "../pulumi/pulumi-cli";

/**
 * Runs any Pulumi command with the state and passphrase that `up` uses, which a shell of its own does
 * not know.
 * @throws UserError when it fails; it has said why itself.
 */
export async function passThrough(directory: string, args: readonly string[]): Promise<void> {
  await new PulumiCli(directory, pulumiEnvironment(directory)).run(args);
}
