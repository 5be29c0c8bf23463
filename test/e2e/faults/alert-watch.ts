import { setTimeout as sleep } from "node:timers/promises";
import { type ActiveAlert, activeAlerts } from "../support/active-alerts";

/** Asks Alertmanager every second which alerts are active, and remembers all that it ever saw. */
export class AlertWatch {
  private readonly stopped = new AbortController();
  private readonly seen = new Map<string, ActiveAlert>();
  private active: readonly ActiveAlert[] = [];
  private readonly running: Promise<void>;

  constructor(private readonly alertmanager: string) {
    this.running = this.run();
  }

  /** What is active now. */
  get now(): readonly ActiveAlert[] {
    return this.active;
  }

  /** Each alert that was ever active, once. */
  get ever(): readonly ActiveAlert[] {
    return [...this.seen.values()];
  }

  /** Whether an alert with these labels is active now. */
  isActive(name: string, labels: Readonly<Record<string, string>>): boolean {
    return this.active.some((alert) => alert.name === name && carries(alert, labels));
  }

  /** Ends the watch. */
  async stop(): Promise<void> {
    this.stopped.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopped.signal.aborted) {
      const found = await activeAlerts(this.alertmanager).catch(() => undefined);
      if (found !== undefined) {
        this.active = found;
        for (const alert of this.active) this.seen.set(JSON.stringify(alert.labels), alert);
      }
      await sleep(1000);
    }
  }
}

function carries({ labels }: ActiveAlert, wanted: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([name, value]) => labels[name] === value);
}
