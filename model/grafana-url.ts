import { grafanaAddress } from "./grafana-address";
import type { Settings } from "./settings/schema";
import { GRAFANA, GRAFANA_PORT } from "./workloads/grafana";

/** The beginning of each link to Grafana: its address, else as published, else its name in the stack. */
export function grafanaUrl(settings: Settings): string {
  const address = grafanaAddress(settings);
  if (address !== undefined) return address;
  const { publish } = settings.grafana;
  return publish
    ? `http://${publish.address}:${publish.port}`
    : `http://${GRAFANA}:${GRAFANA_PORT}`;
}
