import { Readable } from "node:stream";
import { STACK_LABEL, stackLabel, WORKLOAD_LABEL } from "../../model/engine-labels";
import type { StackIdentity } from "../../model/stack-identity";
import type { UpdateWatch } from "../platforms/platform-access";

/** An engine as far as it tells what happens to containers. */
export interface EventSource {
  getEvents(options: {
    filters: { type: "container"[]; event: string[]; label: string[] };
  }): Promise<NodeJS.ReadableStream>;
}

/** Listens to the engine and notes how long each container takes from start to healthy. */
export class HealthWatch implements UpdateWatch {
  /** Never: Docker's updates say themselves why they failed. */
  readonly hopeless = new AbortController().signal;
  private readonly started = new Map<string, number>();
  private readonly healthy = new Map<string, number>();
  private stream: NodeJS.ReadableStream | undefined;

  /** Begins to listen to the containers of one stack. */
  static async begin(docker: EventSource, stack: StackIdentity): Promise<HealthWatch> {
    const watch = new HealthWatch();
    watch.stream = await docker.getEvents({
      filters: {
        type: ["container"],
        event: ["start", "health_status"],
        label: [`${STACK_LABEL}=${stackLabel(stack)}`],
      },
    });
    // The times are a courtesy: an engine that hangs up must not end the update.
    watch.stream.on("error", () => undefined);
    let rest = "";
    watch.stream.on("data", (chunk: Buffer) => {
      const lines = (rest + chunk.toString("utf8")).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) watch.note(JSON.parse(line) as DockerEvent);
    });
    return watch;
  }

  /** Seconds from start to healthy, by workload; only of those that started meanwhile. */
  get secondsToWell(): ReadonlyMap<string, number> {
    return this.healthy;
  }

  /** Stops listening. */
  end(): void {
    if (this.stream instanceof Readable) this.stream.destroy();
  }

  private note({ Action, Actor, timeNano }: DockerEvent): void {
    const workload = Actor.Attributes[WORKLOAD_LABEL];
    if (workload === undefined) return;
    const seconds = timeNano / 1e9;
    if (Action === "start") this.started.set(Actor.ID, seconds);
    const start = this.started.get(Actor.ID);
    if (Action === "health_status: healthy" && start !== undefined) {
      this.healthy.set(workload, seconds - start);
    }
  }
}

interface DockerEvent {
  readonly Action: string;
  readonly Actor: { readonly ID: string; readonly Attributes: Readonly<Record<string, string>> };
  readonly timeNano: number;
}
