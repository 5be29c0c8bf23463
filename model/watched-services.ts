import { type MetricsProfile, METRICS_PROFILES, profileOf } from "./metrics-profile";
import type { ServiceSettings } from "./settings/service";
import type { Stack } from "./stack";

/** One of the team's services, as what watches sees it. */
export interface WatchedService {
  readonly name: string;
  /** Prometheus reads its metrics. */
  readonly scraped: boolean;
  /** Its health path is asked from outside. */
  readonly probed: boolean;
  /** How many have to answer. */
  readonly replicas: number;
  /** How many an autoscaler may make of it. */
  readonly mostReplicas: number;
  /** The series that it exposes; none where it is not scraped. */
  readonly profile: MetricsProfile;
  /** Routes that machines ask for all day: they are no traffic. */
  readonly machineRoutes: readonly string[];
  readonly settings: ServiceSettings;
}

/** The services of a stack that is watched, in the order of their declaration. */
export function watchedServices({ settings, targets, probes }: Stack): WatchedService[] {
  return Object.entries(settings.services).flatMap(([name, service]): WatchedService[] => {
    const scraped = targets.some(({ workload }) => workload === name);
    const probed = probes.some(({ workload }) => workload === name);
    if (!scraped && !probed) return [];
    const { replicas, autoscale, health, metrics } = service;
    return [
      {
        name,
        scraped,
        probed,
        replicas,
        mostReplicas: autoscale?.maxReplicas ?? replicas,
        profile: scraped ? profileOf(service) : METRICS_PROFILES.other,
        machineRoutes: [health, metrics].filter((path) => path !== false),
        settings: service,
      },
    ];
  });
}

/** The dashboard that shows a service: one for those that count requests, one for all others. */
export function serviceDashboard(service: ServiceSettings | undefined): "service" | "worker" {
  if (service === undefined || service.metrics === false || service.port === undefined) {
    return "worker";
  }
  return profileOf(service).http ? "service" : "worker";
}

/** Members that are alike in something, together, in the order of the first of each. */
export function groupAlike<T>(members: readonly T[], alike: (member: T) => unknown): T[][] {
  const groups = new Map<string, T[]>();
  for (const member of members) {
    const key = JSON.stringify(alike(member));
    groups.set(key, [...(groups.get(key) ?? []), member]);
  }
  return [...groups.values()];
}
