import { z } from "zod";
import { type HttpAnswer, httpRequest } from "../http-request";
import { UserError } from "../user-error";

const alertList = z.array(z.object({ labels: z.record(z.string(), z.string()) }));
const receiverList = z.array(z.object({ name: z.string() }));

/** An alert as Alertmanager takes it from Prometheus. */
export interface PostedAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  /** When it is over. */
  readonly endsAt: string;
}

/** A running Alertmanager, by its API and metrics. */
export class AlertmanagerApi {
  constructor(private readonly url: string) {}

  /** The names of the receivers that its configuration has. */
  async receivers(): Promise<string[]> {
    const found = receiverList.parse(JSON.parse(await this.ask("/api/v2/receivers")));
    return found.map(({ name }) => name);
  }

  /** The names of the critical alerts that fire, silenced ones too, each once. */
  async critical(): Promise<string[]> {
    const filter = new URLSearchParams({ filter: 'severity="critical"' }).toString();
    const found = alertList.parse(JSON.parse(await this.ask(`/api/v2/alerts?${filter}`)));
    return [
      ...new Set(found.map(({ labels }) => labels["alertname"] ?? "an alert without a name")),
    ];
  }

  /** Its metrics, as text. */
  metrics(): Promise<string> {
    return this.ask("/metrics");
  }

  /** Hands it alerts. */
  async post(alerts: readonly PostedAlert[]): Promise<void> {
    await this.ask("/api/v2/alerts", alerts);
  }

  private async ask(path: string, json?: unknown): Promise<string> {
    let answer: HttpAnswer;
    try {
      answer = await httpRequest(`${this.url}${path}`, json === undefined ? "GET" : "POST", json);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new UserError(
        `Alertmanager does not answer at ${this.url}: ${reason}\n  Bring the stack up, or wait until it is well: whalewatch up says so.`,
      );
    }
    if (answer.status >= 200 && answer.status < 300) return answer.text;
    throw new UserError(
      `Alertmanager at ${this.url} refused ${path} with ${answer.status}: ${answer.text.trim()}`,
    );
  }
}
