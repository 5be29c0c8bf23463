import { SECRETS_DIRECTORY } from "../secrets";
import type { Settings } from "../settings/schema";
import { Size } from "../units/size";
import type { Workload } from "../workload";
import { workloadDefaults } from "./defaults";
import { POSTGRES, POSTGRES_MONITORING_ROLE, POSTGRES_PORT } from "./postgres";

/** The workload that dumps PostgreSQL's databases. */
export const POSTGRES_BACKUP = "postgres-backup";
/** Where its program is provisioned. */
export const POSTGRES_BACKUP_DIRECTORY = "/etc/postgres-backup";
/** Where its volume is: a directory of the image's that belongs to its user, as the volume then does. */
const VOLUME_DIRECTORY = "/var/lib/postgresql";
/** A folder for each backup, named after the time when it began. */
export const BACKUPS_DIRECTORY = `${VOLUME_DIRECTORY}/backups`;

type PostgresSettings = NonNullable<Settings["postgres"]>;

/**
 * Dumps every database with the tools of the server's own image, whose versions must not be older
 * than the server. As the superuser: anybody less would miss rows behind row security and large
 * objects.
 */
export function postgresBackupWorkload(
  { image, user }: PostgresSettings,
  { schedule, keep, limits, storage }: NonNullable<PostgresSettings["backup"]>,
): Workload {
  return {
    ...workloadDefaults,
    image,
    user,
    limits,
    name: POSTGRES_BACKUP,
    role: "store",
    network: POSTGRES,
    connects: [POSTGRES],
    schedule,
    command: ["sh", `${POSTGRES_BACKUP_DIRECTORY}/backup.sh`],
    env: {
      PGHOST: POSTGRES,
      PGPORT: String(POSTGRES_PORT),
      PGUSER: "postgres",
      PASSWORD_FILE: `${SECRETS_DIRECTORY}/postgres-superuser`,
      BACKUPS: BACKUPS_DIRECTORY,
      KEEP: String(keep),
      REPORT_ROLE: POSTGRES_MONITORING_ROLE,
    },
    ports: [],
    volumes: [{ name: "data", path: VOLUME_DIRECTORY, storage }],
    scratch: [{ path: "/tmp", size: Size.mebibytes(16) }],
  };
}
