import { setImmediate as nextTurn } from "node:timers/promises";
import { ConfigError } from "./config/config-error.js";
import { type Config } from "./config/config.js";
import { loadConfig } from "./config/load-config.js";
import { createLogger } from "./create-logger.js";
import { diskCheck } from "./health/disk-check.js";
import { memoryCheck } from "./health/memory-check.js";
import { createApp } from "./http/create-app.js";
import { ProcessImageReader } from "./image/process-image-reader.js";
import { WhaleModel } from "./model/whale-model.js";
import { stopApp } from "./stop-app.js";
import { CpuMeter } from "./system/cpu-meter.js";
import { readCpuCores } from "./system/read-cpu-cores.js";

async function serve(config: Config, program: string): Promise<void> {
  const { postgres, redis, modelName, host, port } = config;
  const logger = createLogger(modelName, config.logLevel);
  const loaded: { model?: WhaleModel } = {};
  let stopping = false;

  // The drivers take some 10 MB, spared where they are not used.
  const postgresModule = postgres && (await import("./stores/postgres-store.js"));
  const redisModule = redis && (await import("./stores/redis-cache.js"));
  const app = await createApp({
    modelName,
    logger,
    reader: new ProcessImageReader(program),
    cpu: new CpuMeter(await readCpuCores()),
    model: () => loaded.model,
    isStopping: () => stopping,
    openCache: redisModule && ((report) => new redisModule.RedisCache(redis, report)),
    openStore: postgresModule && ((report) => new postgresModule.PostgresStore(postgres, report)),
    checks: [diskCheck(), memoryCheck()],
  });

  const stop = async (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, "stopping");
    await stopApp(app);
    logger.info("stopped");
    process.exit(0);
  };
  process.on("SIGTERM", (signal) => void stop(signal));
  process.on("SIGINT", (signal) => void stop(signal));

  await app.listen({ host, port });
  // Answers checks already while the model loads.
  await nextTurn();
  loaded.model = new WhaleModel(modelName);
  logger.info({ model: modelName, startup_ms: Math.round(performance.now()) }, "ready");
}

/**
 * Runs the service until it is told to stop (SIGTERM or SIGINT, exit code 0). An invalid
 * environment, or a port that cannot be taken, is logged and ends the process with exit code 1.
 * @param program the file this program runs from, run once more to decode images.
 */
export async function runService(program: string): Promise<void> {
  try {
    await serve(loadConfig(process.env), program);
  } catch (error) {
    const logger = createLogger("model-api", "info");
    if (error instanceof ConfigError) logger.fatal({ problems: error.problems }, error.message);
    else logger.fatal({ err: error }, "start failed");
    process.exit(1);
  }
}
