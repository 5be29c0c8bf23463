import { SECRETS_DIRECTORY } from "../../model/secrets";
import { GRAFANA } from "../../model/workloads/grafana";
import type { PlatformAccess } from "../platforms/platform-access";
import { UserError } from "../user-error";

/**
 * Grafana takes its administrator's password from the file at its very first start alone. Its own
 * command sets it later; that has no database password, which the image's start script gives the
 * server, and no memory to spare beside it.
 */
export const GRAFANA_PASSWORD_PROGRAM = `set -eu
secrets=\${1-${SECRETS_DIRECTORY}}
if [ -f "$secrets/postgres-grafana" ]; then
  GF_DATABASE_PASSWORD=$(cat "$secrets/postgres-grafana")
  export GF_DATABASE_PASSWORD
fi
GOMEMLIMIT=48MiB GOGC=25 exec grafana cli --homepath "$GF_PATHS_HOME" \\
  admin reset-admin-password --password-from-stdin <"$secrets/grafana-admin"`;

/**
 * Gives Grafana's administrator the password that its container has as a file.
 * @param again the command to run when it fails.
 * @throws UserError when Grafana does not run or refuses it.
 */
export async function applyGrafanaPassword(
  platform: Pick<PlatformAccess, "execute">,
  again: string,
): Promise<void> {
  const command = ["sh", "-c", GRAFANA_PASSWORD_PROGRAM];
  try {
    await platform.execute({ workload: GRAFANA, command });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(
      `Grafana's administrator did not get the password that the stack has: ${error.message}\nTo give it another: ${again}`,
    );
  }
}
