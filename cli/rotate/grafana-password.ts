import { SECRETS_DIRECTORY } from "../../model/secrets";
import { GRAFANA } from "../../model/workloads/grafana";
import type { PlatformAccess } from "../platforms/platform-access";

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
 * @throws UserError when Grafana does not run or refuses it.
 */
export async function applyGrafanaPassword(
  platform: Pick<PlatformAccess, "execute">,
): Promise<void> {
  const command = ["sh", "-c", GRAFANA_PASSWORD_PROGRAM];
  await platform.execute({ workload: GRAFANA, command });
}
