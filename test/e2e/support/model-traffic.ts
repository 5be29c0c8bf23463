import { setTimeout as sleep } from "node:timers/promises";

const PAUSE_MS = 500;
const TIMEOUT_MS = 10_000;
/** A white picture of one pixel. */
const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP6DwABBQECz6AuzQAAAABJRU5ErkJggg==",
  "base64",
);

/** Asks model services all the time for a page and for a prediction, until it is stopped. */
export class ModelTraffic {
  private readonly stopped = new AbortController();
  private readonly running: Promise<void>[];

  constructor(urls: readonly string[]) {
    this.running = urls.map((url) => this.ask(url));
  }

  /**
   * Ends it.
   * @throws Error where a request was not answered with 200.
   */
  async stop(): Promise<void> {
    this.stopped.abort();
    await Promise.all(this.running);
  }

  private async ask(url: string): Promise<void> {
    while (!this.stopped.signal.aborted) {
      await answered(`${url}/`);
      const body = new FormData();
      body.append("file", new Blob([PICTURE], { type: "image/png" }), "white.png");
      await answered(`${url}/predict`, { method: "POST", body });
      await sleep(PAUSE_MS);
    }
  }
}

async function answered(url: string, request: RequestInit = {}): Promise<void> {
  const answer = await fetch(url, { ...request, signal: AbortSignal.timeout(TIMEOUT_MS) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${text}`);
}
