import type { FileMount } from "../../model/files";
import { passwordFile, secretMount } from "../secret-mount";

/** The monitoring role's password. */
export function postgresExporterMounts(): FileMount[] {
  return [secretMount({ "postgres-monitoring": passwordFile("postgres-monitoring") })];
}
