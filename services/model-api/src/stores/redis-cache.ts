import { createClient } from "@redis/client";
import { type ServerAddress } from "../config/server-address.js";
import { withTimeout } from "../with-timeout.js";
import { backoffDelay } from "./backoff-delay.js";
import { type ErrorReporter } from "./error-reporter.js";
import { type PredictionCache } from "./prediction-cache.js";
import { readPassword } from "./read-password.js";

const TTL_SECONDS = 600;
const CONNECT_TIMEOUT_MS = 2000;
const CLOSE_TIMEOUT_MS = 1000;

function newClient({ host, port, passwordFile }: ServerAddress) {
  return createClient({
    socket: {
      host,
      port,
      connectTimeout: CONNECT_TIMEOUT_MS,
      reconnectStrategy: backoffDelay,
    },
    // Without a connection a command fails at once instead of holding up its request.
    disableOfflineQueue: true,
    ...(passwordFile !== undefined && {
      credentialsProvider: {
        type: "async-credentials-provider" as const,
        credentials: async () => ({ password: await readPassword(passwordFile) }),
      },
    }),
  });
}

/** A cache in Redis. It connects in the background and reconnects for ever. */
export class RedisCache implements PredictionCache {
  readonly #client: ReturnType<typeof newClient>;

  /** @param report told "cache_connection" for every failed or lost connection. */
  constructor(address: ServerAddress, report: ErrorReporter) {
    this.#client = newClient(address);
    this.#client.on("error", (error: unknown) => {
      report("cache_connection", error);
    });
    // Rejects only when closed while still connecting: attempts never end by themselves.
    this.#client.connect().catch(() => undefined);
  }

  async get(key: string): Promise<string | undefined> {
    return (await this.#client.get(key)) ?? undefined;
  }

  async set(key: string, value: string): Promise<void> {
    await this.#client.set(key, value, { expiration: { type: "EX", value: TTL_SECONDS } });
  }

  async ping(): Promise<void> {
    await this.#client.ping();
  }

  connections(): number {
    return this.#client.isReady ? 1 : 0;
  }

  async close(): Promise<void> {
    try {
      if (this.#client.isReady) await withTimeout(this.#client.close(), CLOSE_TIMEOUT_MS);
    } finally {
      if (this.#client.isOpen) this.#client.destroy();
    }
  }
}
