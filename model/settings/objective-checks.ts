import { profileOf } from "../metrics-profile";
import { Duration } from "../units/duration";
import { at, type Problem, show } from "./problem";
import type { RawSettings } from "./raw-settings";
import type { Settings } from "./schema";
import type { ServiceSettings } from "./service";
import { written } from "./written";

/** The longest window of the alerts is 3 days; a period has to hold it more than once. */
const SHORTEST_PERIOD = Duration.parse("7d");

/** Promises that cannot be measured are refused. */
export function checkObjectives({ services, prometheus }: Settings, raw: RawSettings): Problem[] {
  return Object.entries(services).flatMap(([name, service]) => [
    ...checkProfile(name, service, raw),
    ...checkLatency(name, service),
    ...checkPeriod(name, service, prometheus.retention),
  ]);
}

function checkProfile(name: string, service: ServiceSettings, raw: RawSettings): Problem[] {
  const { objectives, metrics, metricsProfile } = service;
  // As written: a port that cannot be read is reported by itself, and has metrics behind it.
  const scraped = metrics !== false && written(raw, "services", name, "port") !== undefined;
  if (!scraped && metricsProfile !== undefined) {
    return [
      {
        setting: at(name, "metricsProfile"),
        found: `${show(metricsProfile)} of a service without metrics`,
        allowed: "no such setting, or metrics: PATH and port",
      },
    ];
  }
  if (objectives === undefined || (scraped && profileOf(service).http !== undefined)) return [];
  return [
    {
      setting: at(name, "objectives"),
      found: "promises about requests that nothing counts",
      allowed: "metrics with a metricsProfile that has HTTP requests, or no objectives",
    },
  ];
}

function checkLatency(name: string, service: ServiceSettings): Problem[] {
  const latency = service.objectives?.latency;
  const buckets = profileOf(service).http?.buckets;
  if (latency === undefined || buckets === undefined) return [];
  if (buckets.includes(latency.within.seconds)) return [];
  return [
    {
      setting: at(name, "objectives.latency"),
      found: `${show(latency.within.toString())}, which is no bucket of its histogram`,
      allowed: `a bound of the histogram: ${buckets.map((bound) => `${bound * 1000}ms`).join(", ")}`,
    },
  ];
}

function checkPeriod(
  name: string,
  { objectives }: ServiceSettings,
  retention: Duration,
): Problem[] {
  if (objectives === undefined) return [];
  const { period } = objectives;
  if (period.seconds < SHORTEST_PERIOD.seconds) {
    return [
      {
        setting: at(name, "objectives.period"),
        found: show(period.toString()),
        allowed: `at least ${SHORTEST_PERIOD.toString()}: alerts look back 3 days`,
      },
    ];
  }
  if (period.seconds <= retention.seconds) return [];
  return [
    {
      setting: at(name, "objectives.period"),
      found: `${show(period.toString())}, longer than samples are kept`,
      allowed: `at most ${retention.toString()}, or a longer whalewatch:prometheus.retention`,
    },
  ];
}
