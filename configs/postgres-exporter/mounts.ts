import type { FileMount } from "../../model/files";
import { secretText } from "../../model/secrets";
import type { Settings } from "../../model/settings/schema";
import { secretMount } from "../secret-mount";

/** The monitoring role's password. */
export function postgresExporterMounts({ postgres }: Settings): FileMount[] {
  const declared = postgres?.external?.monitoring?.secret;
  const password =
    declared === undefined ? ({ generated: "postgres-monitoring" } as const) : { declared };
  return [secretMount({ "postgres-monitoring": secretText`${password}` })];
}
