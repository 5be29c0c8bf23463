import { routeUrl } from "./route";
import type { Settings } from "./settings/schema";

interface Place {
  readonly grafana: Pick<Settings["grafana"], "url" | "host">;
  readonly kubernetes: Pick<Settings["kubernetes"], "route">;
}

/** Where people open Grafana: as set, else by its host; undefined: on this machine alone. */
export function grafanaAddress({
  grafana: { url, host },
  kubernetes: { route },
}: Place): string | undefined {
  if (url !== undefined) return url;
  return host !== undefined && route !== undefined ? routeUrl(host, route) : undefined;
}
