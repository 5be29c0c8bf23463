import type { AlertDefinitions } from "./alert";
import { count, latency, percent } from "./threshold";

const PARSER = "the monitoring of the VK parser, one of the systems this was made for";

/** The team's services: are they there, and how do they answer? */
export const serviceAlerts = {
  ServiceDown: {
    severity: "critical",
    for: "2m",
    summary: "No replica of a service answers.",
    dashboard: "service",
    per: "service",
  },
  ServiceUnhealthy: {
    severity: "critical",
    for: "2m",
    summary: "A service answers, but says that it is not well.",
    dashboard: "service",
    per: "service",
  },
  ServiceReplicaMissing: {
    severity: "warning",
    for: "5m",
    summary: "A service runs fewer replicas than declared.",
    dashboard: "service",
    per: "service",
  },
  ServiceRestarting: {
    severity: "warning",
    threshold: count({
      default: "3",
      lowest: "1",
      highest: "100",
      source: "starts in 15 minutes; a deploy starts each replica once",
    }),
    summary: "A service starts again and again.",
    dashboard: "service",
    per: "service",
  },
  ServiceTrafficGone: {
    severity: "warning",
    for: "10m",
    threshold: count({
      default: "0.1",
      lowest: "0.001",
      highest: "100000",
      source:
        "requests a second on average before; at that rate ten minutes without one are no accident",
    }),
    summary: "A service that was asked all the time is not asked any more.",
    dashboard: "service",
    per: "service",
  },
  ServiceErrorRatioHigh: {
    severity: "critical",
    for: "5m",
    threshold: percent({ default: "5%", lowest: "0.01%", highest: "100%", source: PARSER }),
    summary: "A service answers too many requests with an error.",
    dashboard: "service",
    per: "service",
  },
  ServiceLatencyHigh: {
    severity: "warning",
    for: "5m",
    threshold: latency({ default: "2s", lowest: "1ms", highest: "1m", source: PARSER }),
    summary: "A service answers slowly.",
    dashboard: "service",
    per: "service",
  },
} as const satisfies AlertDefinitions;
