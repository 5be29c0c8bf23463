import { HTTP_REQUESTS, type HttpMetrics } from "../../model/metrics-profile";
import { groupAlike, type WatchedService } from "../../model/watched-services";
import { serviceSelector } from "./alert-rule";

/** Services that count their requests in one way, and how to select what they count. */
export interface HttpSeries {
  readonly services: readonly string[];
  readonly http: HttpMetrics;
  /** Picks the services: `service=~"a|b"`. */
  readonly selector: string;
  /** All requests that people make: what machines ask for all day is left out. */
  readonly requests: string;
  /** Those of them that failed by the service's own fault. */
  readonly errors: string;
  /** Matchers for the histogram of durations, without the machines' where that is known. */
  readonly durations: string;
}

/** Services with HTTP metrics, those that are asked in the same words together. */
export function httpSeries(services: readonly WatchedService[]): HttpSeries[] {
  const asked = services.flatMap((service) => {
    const { http } = service.profile;
    return http ? [{ ...service, http }] : [];
  });
  return groupAlike(asked, ({ http, machineRoutes }) => [http, machineRoutes]).flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { http, machineRoutes } = first;
    const selector = serviceSelector(group.map(({ name }) => name));
    const people =
      machineRoutes.length > 0
        ? `, ${http.routeLabel}!~"${machineRoutes.map(quoted).join("|")}"`
        : "";
    return [
      {
        services: group.map(({ name }) => name),
        http,
        selector,
        requests: `${HTTP_REQUESTS}{${selector}${people}}`,
        // Both "503" and "5xx".
        errors: `${HTTP_REQUESTS}{${selector}${people}, ${http.statusLabel}=~"5.."}`,
        durations: `${selector}${http.durationByRoute ? people : ""}`,
      },
    ];
  });
}

/** A path as a regular expression within a PromQL string. */
function quoted(path: string): string {
  return path.replace(/[.*+?()[\]{}|^$]/g, "\\\\$&");
}
