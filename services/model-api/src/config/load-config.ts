import { accessSync, constants } from "node:fs";
import * as z from "zod";
import { type Config } from "./config.js";
import { ConfigError } from "./config-error.js";
import { ModelName } from "./model-name.js";

const MAX_PORT = 65_535;

const portFrom = (lowest: number) =>
  z
    .string()
    .regex(/^\d+$/, "must be a whole number")
    .transform(Number)
    .refine((port) => port >= lowest && port <= MAX_PORT, `must be ${lowest} to ${MAX_PORT}`);

const passwordFile = z
  .string()
  .refine(isReadable, "must name a file this process can read")
  .optional();

const environment = z.object({
  HOST: z.string().default("0.0.0.0"),
  PORT: portFrom(0).default(8000),
  MODEL_NAME: ModelName.default("efficientnet-v1"),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  POSTGRES_HOST: z.string().optional(),
  POSTGRES_PORT: portFrom(1).default(5432),
  POSTGRES_DB: z.string().default("app"),
  POSTGRES_USER: z.string().default("app"),
  POSTGRES_PASSWORD_FILE: passwordFile,
  REDIS_HOST: z.string().optional(),
  REDIS_PORT: portFrom(1).default(6379),
  REDIS_PASSWORD_FILE: passwordFile,
});

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Reads the configuration from environment variables; an empty one counts as unset. Defaults:
 * HOST 0.0.0.0, PORT 8000, MODEL_NAME efficientnet-v1, LOG_LEVEL info, POSTGRES_PORT 5432,
 * POSTGRES_DB and POSTGRES_USER app, REDIS_PORT 6379. No POSTGRES_HOST or REDIS_HOST means
 * running without that server.
 * @throws ConfigError naming every problem at once.
 */
export function loadConfig(variables: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    throw new ConfigError(
      parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`),
    );
  }
  const env = parsed.data;
  return {
    host: env.HOST,
    port: env.PORT,
    modelName: env.MODEL_NAME,
    logLevel: env.LOG_LEVEL,
    postgres:
      env.POSTGRES_HOST === undefined
        ? undefined
        : {
            host: env.POSTGRES_HOST,
            port: env.POSTGRES_PORT,
            database: env.POSTGRES_DB,
            user: env.POSTGRES_USER,
            passwordFile: env.POSTGRES_PASSWORD_FILE,
          },
    redis:
      env.REDIS_HOST === undefined
        ? undefined
        : {
            host: env.REDIS_HOST,
            port: env.REDIS_PORT,
            passwordFile: env.REDIS_PASSWORD_FILE,
          },
  };
}
