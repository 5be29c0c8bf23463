import { type Counter, type Histogram, type Registry } from "prom-client";

/** The measurements of one service that its parts write to. */
export interface Metrics {
  readonly registry: Registry;
  readonly httpRequests: Counter<"method" | "endpoint" | "status_code">;
  readonly httpDuration: Histogram<"method" | "endpoint">;
  readonly predictions: Counter<"model" | "status">;
  readonly predictionDuration: Histogram<"model">;
  readonly errors: Counter<"error_type" | "service">;
  /** All measurements as Prometheus text; the machine's figures are read now. */
  render(): Promise<string>;
}
