import { z } from "zod";
import { getJson } from "./http";

/** An alert as Alertmanager holds it: neither silenced nor quieted by another one. */
export interface ActiveAlert {
  readonly name: string;
  readonly severity: string;
  readonly labels: Readonly<Record<string, string>>;
}

const alertsShape = z.array(z.object({ labels: z.record(z.string(), z.string()) }));

/** What people are told of now. */
export async function activeAlerts(alertmanager: string): Promise<ActiveAlert[]> {
  const url = `${alertmanager}/api/v2/alerts?active=true&inhibited=false&silenced=false`;
  const found = await getJson(url, alertsShape);
  return found.map(({ labels }) => ({
    name: labels["alertname"] ?? "",
    severity: labels["severity"] ?? "",
    labels,
  }));
}
