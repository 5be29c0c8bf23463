/**
 * Services that a production stack of this size declares, and all that goes with them by default. In
 * few words: Pulumi hands a stack's settings to its program in one environment variable, and Linux
 * takes 128 KiB in one, so that a thousand services have no more than this each.
 */
export function stackOf(services: number): Readonly<Record<string, unknown>> {
  return {
    platform: "kubernetes",
    host: { memory: "1Ti" },
    services: Object.fromEntries(
      Array.from({ length: services }, (_, index) => [
        `api-${index + 1}`,
        {
          image: "acme/api:1",
          port: 8000,
          limits: { memory: "256Mi", cpu: 0.5 },
          needs: [index % 2 === 0 ? "postgres" : "redis"],
        },
      ]),
    ),
    postgres: { backup: {} },
    redis: {},
    prometheus: { replicas: 2 },
  };
}
