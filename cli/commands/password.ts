import { pulumiEnvironment } from "../pulumi/local-backend";
import { PulumiCli } from "../pulumi/pulumi-cli";
import { readStackFile } from "../stack-file";

/**
 * Prints Grafana's generated password, and nothing else.
 * @throws UserError when there is no such stack, or Pulumi has no password for it.
 */
export function password(directory: string, { stack }: { readonly stack: string }): void {
  readStackFile(directory, stack);
  const pulumi = new PulumiCli(directory, pulumiEnvironment(directory));
  const args = ["stack", "output", "grafanaPassword", "--show-secrets", "--stack", stack];
  process.stdout.write(pulumi.read(args));
}
