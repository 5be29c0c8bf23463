import { type MemoryUsage } from "../system/memory-usage.js";

/** Where the gauges get their values, read at every scrape. */
export interface MetricSources {
  /** The `model` label, such as "efficientnet_v1". */
  readonly modelLabel: string;
  isModelLoaded(): boolean;
  /** CPU use in percent of what the service may use. */
  cpuPercent(): number;
  memory(): Promise<MemoryUsage>;
  /** Open HTTP connections. */
  openConnections(): Promise<number>;
  /** Database connections; undefined without a database, and then not shown. */
  readonly databaseConnections: (() => number) | undefined;
  /** Cache connections; undefined without a cache, and then not shown. */
  readonly redisConnections: (() => number) | undefined;
}
