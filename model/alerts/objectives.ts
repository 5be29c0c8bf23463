import type { AlertDefinitions } from "./alert";

/**
 * Error budgets, by several windows at several burn rates: table 5-8 of Google's Site Reliability
 * Workbook. The long window makes them sure, the short one lets them end soon.
 */
export const objectiveAlerts = {
  ServiceErrorBudgetBurnFast: {
    severity: "critical",
    for: "2m",
    summary: "Errors spend a service's error budget within hours or days.",
    dashboard: "slo",
    per: "service",
  },
  ServiceErrorBudgetBurnSlow: {
    severity: "warning",
    for: "15m",
    summary: "Errors spend a service's error budget before its period ends.",
    dashboard: "slo",
    per: "service",
  },
  ServiceLatencyBudgetBurnFast: {
    severity: "critical",
    for: "2m",
    summary: "Slow answers spend a service's latency budget within hours or days.",
    dashboard: "slo",
    per: "service",
  },
  ServiceLatencyBudgetBurnSlow: {
    severity: "warning",
    for: "15m",
    summary: "Slow answers spend a service's latency budget before its period ends.",
    dashboard: "slo",
    per: "service",
  },
} as const satisfies AlertDefinitions;
