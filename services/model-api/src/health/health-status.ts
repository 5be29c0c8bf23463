/** How well one part of the service is, from best to worst. */
export type HealthStatus = "healthy" | "warning" | "degraded" | "unhealthy" | "critical";
