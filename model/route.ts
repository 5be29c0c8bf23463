import type { Settings } from "./settings/schema";

type Route = NonNullable<Settings["kubernetes"]["route"]>;

/** The address under which a host is opened from outside, by the kind of route that leads to it. */
export function routeUrl(host: string, route: Route): string {
  const secure =
    route.kind === "gateway" ? route.https : certificateSecret(host, route) !== undefined;
  return `${secure ? "https" : "http"}://${host}`;
}

/** The Secret with the certificate for a workload's host, in its namespace; undefined: none. */
export function certificateSecret(workload: string, route: Route): string | undefined {
  if (route.kind === "gateway") return undefined;
  return route.clusterIssuer === undefined ? route.tlsSecret : `${workload}-tls`;
}
