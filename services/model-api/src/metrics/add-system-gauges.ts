import { Gauge, type Registry } from "prom-client";
import { type MetricSources } from "./metric-sources.js";

/**
 * Adds the gauges about the machine, the model and the open connections.
 * @returns a function that reads them all anew, to call before each scrape.
 */
export function addSystemGauges(registry: Registry, sources: MetricSources): () => Promise<void> {
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers: [registry] });
  const cpu = gauge("whales_api_cpu_percent", "CPU use since the last scrape, of the CPU allowed");
  const memoryPercent = gauge("whales_api_memory_percent", "Used memory, of the memory allowed");
  const memoryUsed = gauge("whales_api_memory_used_bytes", "Used memory");
  const memoryAvailable = gauge("whales_api_memory_available_bytes", "Memory left to use");
  const lastScrape = gauge("whales_api_last_scrape_timestamp", "Unix time of this scrape");
  const connections = gauge("active_connections", "Open HTTP connections");
  const modelLoaded = new Gauge({
    name: "whales_api_model_loaded",
    help: "1 once the model is loaded",
    labelNames: ["model"],
    registers: [registry],
  });
  const pools = [
    {
      name: "database_connections",
      help: "Open database connections, idle ones included",
      read: sources.databaseConnections,
    },
    { name: "redis_connections", help: "Open cache connections", read: sources.redisConnections },
  ].flatMap(({ name, help, read }) =>
    read === undefined ? [] : [{ pool: gauge(name, help), read }],
  );

  return async () => {
    const [memory, open] = await Promise.all([sources.memory(), sources.openConnections()]);
    cpu.set(sources.cpuPercent());
    memoryPercent.set(memory.percent);
    memoryUsed.set(memory.usedBytes);
    memoryAvailable.set(memory.availableBytes);
    modelLoaded.set({ model: sources.modelLabel }, sources.isModelLoaded() ? 1 : 0);
    connections.set(open);
    for (const { pool, read } of pools) pool.set(read());
    lastScrape.set(Date.now() / 1000);
  };
}
