import type { Workload } from "../workload";
import { Duration } from "../units/duration";

/** Where programs that watch listen for one another. */
export const MONITORING_NETWORK = "monitoring";
/** Where services listen, for the programs that scrape and probe them and for other services. */
export const SERVICES_NETWORK = "services";

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
