import type { Workload } from "../workload";
import { Duration } from "../units/duration";

/** Where programs that watch listen for one another. */
export const MONITORING_NETWORK = "monitoring";
/** Where services listen, for the programs that scrape and probe them and for other services. */
export const SERVICES_NETWORK = "services";

/**
 * How long an exporter tries to reach its server. A name that is gone takes longer to look up than a
 * scrape may last, and without an answer nobody would learn that the server is down.
 */
export const EXPORTER_CONNECT_TIMEOUT = Duration.seconds(2);

/** The safe start for every supported program: one replica, closed, read-only. */
export const workloadDefaults = {
  replicas: 1,
  readOnlyRoot: true,
  network: MONITORING_NETWORK,
  connects: [],
  internet: false,
  env: {},
  volumes: [],
  scratch: [],
  hostDirectories: [],
  stopGrace: Duration.seconds(30),
} as const satisfies Partial<Workload>;

/** Settings that every supported program has, as the fields of a workload. */
export function programBasics(settings: Pick<Workload, "image" | "limits" | "user">) {
  const { image, limits, user } = settings;
  return { ...workloadDefaults, image, limits, user };
}
