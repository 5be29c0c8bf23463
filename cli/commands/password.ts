import { pulumiEnvironment } from "../pulumi/local-backend";
import { PulumiCli } from "../pulumi/pulumi-cli";

/** Prints Grafana's generated password, and nothing else. */
export function password(directory: string, { stack }: { readonly stack: string }): void {
  const pulumi = new PulumiCli(directory, pulumiEnvironment(directory));
  const args = ["stack", "output", "grafanaPassword", "--show-secrets", "--stack", stack];
  process.stdout.write(pulumi.read(args));
}
