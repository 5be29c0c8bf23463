import { outsideWays } from "../outside-ways";
import type { Settings } from "../settings/schema";
import type { Workload } from "../workload";
import { programBasics, SERVICES_NETWORK } from "./defaults";

/** The name under which peers reach the exporter. */
export const BLACKBOX_EXPORTER = "blackbox-exporter";
/** The port the exporter listens on. */
export const BLACKBOX_EXPORTER_PORT = 9115;
/** Where its modules are provisioned. */
export const BLACKBOX_CONFIG_DIRECTORY = "/etc/blackbox_exporter";

/**
 * Asks health paths from outside the services, and URLs outside the stack where there are any: then
 * alone it has a way out. It fetches any address it is told to, so it lives on the services' network,
 * away from the stores and from what watches.
 */
export function blackboxExporterWorkload(
  settings: Settings["exporters"]["blackbox"],
  outsideProbes: Settings["probes"],
  services: readonly { readonly workload: string }[],
): Workload {
  const { internet, outside } = outsideWays(Object.values(outsideProbes));
  return {
    ...programBasics(settings),
    name: BLACKBOX_EXPORTER,
    role: "exporter",
    network: SERVICES_NETWORK,
    internet,
    ...(outside.length > 0 && { outside }),
    connects: services.map(({ workload }) => workload),
    command: [`--config.file=${BLACKBOX_CONFIG_DIRECTORY}/config.yml`],
    ports: [{ container: BLACKBOX_EXPORTER_PORT }],
    health: { kind: "http", port: BLACKBOX_EXPORTER_PORT, path: "/-/healthy" },
  };
}
