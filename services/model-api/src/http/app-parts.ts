import { type Logger } from "pino";
import { type ModelName } from "../config/model-name.js";
import { type HealthCheck } from "../health/health-check.js";
import { type ImageReader } from "../image/image-reader.js";
import { type WhaleModel } from "../model/whale-model.js";
import { type ErrorReporter } from "../stores/error-reporter.js";
import { type PredictionCache } from "../stores/prediction-cache.js";
import { type PredictionStore } from "../stores/prediction-store.js";
import { type CpuMeter } from "../system/cpu-meter.js";

/** What the HTTP service is put together from. */
export interface AppParts {
  readonly modelName: ModelName;
  readonly logger: Logger;
  readonly reader: ImageReader;
  readonly cpu: Pick<CpuMeter, "read">;
  /** The model, or undefined until it is loaded. */
  model(): WhaleModel | undefined;
  /** True once the service has been told to stop. */
  isStopping(): boolean;
  /** Opens the cache; undefined runs without. The app closes what it opened. */
  readonly openCache: ((report: ErrorReporter) => PredictionCache) | undefined;
  /** Opens the database; undefined runs without. The app closes what it opened. */
  readonly openStore: ((report: ErrorReporter) => PredictionStore) | undefined;
  /** Checks of the machine; those of the model, cache and database are added to them. */
  readonly checks: readonly HealthCheck[];
}
