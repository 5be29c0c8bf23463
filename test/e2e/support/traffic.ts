import { setTimeout as sleep } from "node:timers/promises";

const PAUSE_MS = 250;
const TIMEOUT_MS = 10_000;

/** A request to make over and over; POST without a body where it says so. */
export interface Asked {
  readonly url: string;
  readonly method?: "POST";
}

/** Four requests a second to each address, until stopped; their outcome does not matter. */
export class Traffic {
  private readonly stopped = new AbortController();
  private readonly running: Promise<void>[];

  constructor(asked: readonly Asked[]) {
    this.running = asked.map((each) => this.ask(each));
  }

  /** Ends it. */
  async stop(): Promise<void> {
    this.stopped.abort();
    await Promise.all(this.running);
  }

  private async ask({ url, method }: Asked): Promise<void> {
    const open = new Set<Promise<unknown>>();
    while (!this.stopped.signal.aborted) {
      const request = fetch(url, {
        method: method ?? "GET",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
        .then((response) => response.arrayBuffer())
        .catch(() => undefined);
      open.add(request);
      void request.finally(() => open.delete(request));
      await sleep(PAUSE_MS);
    }
    await Promise.all(open);
  }
}
