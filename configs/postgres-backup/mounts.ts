import type { FileMount } from "../../model/files";
import { POSTGRES_BACKUP_DIRECTORY } from "../../model/workloads/postgres-backup";
import { passwordFile, secretMount } from "../secret-mount";
import { BACKUP_PROGRAM } from "./backup";
import { RESTORE_PROGRAM } from "./restore";

/** The programs of a backup and of a restore, and the superuser's password. */
export function postgresBackupMounts(): FileMount[] {
  return [
    {
      name: "program",
      directory: POSTGRES_BACKUP_DIRECTORY,
      sensitive: false,
      onChange: "replace",
      files: { "backup.sh": BACKUP_PROGRAM, "restore.sh": RESTORE_PROGRAM },
    },
    secretMount({ "postgres-superuser": passwordFile("postgres-superuser") }),
  ];
}
