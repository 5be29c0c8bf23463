/** Services that a production stack of this size declares, and all that goes with them by default. */
export function stackOf(services: number): Readonly<Record<string, unknown>> {
  return {
    platform: "kubernetes",
    host: { memory: "1Ti" },
    services: Object.fromEntries(
      Array.from({ length: services }, (_, index) => [
        `api-${index + 1}`,
        {
          image: "registry.example.com/whalewatch/model-api:1.0.0",
          port: 8000,
          replicas: 2,
          limits: { memory: "256Mi", cpu: 0.5 },
          needs: ["postgres", "redis"],
          internet: false,
        },
      ]),
    ),
    postgres: { backup: {} },
    redis: {},
    prometheus: { replicas: 2 },
  };
}
