import { once } from "node:events";
import { readyPod } from "./cluster";
import { type Running, start } from "./command";

const MS_TO_BEGIN = 20_000;

/** A pod's port on this machine, as `kubectl port-forward` brings it here. */
export class PortForward {
  private constructor(
    private readonly running: Running,
    /** Where the port is. */
    readonly url: string,
  ) {}

  /**
   * Opens a way to the first ready pod of a workload.
   * @throws Error when no pod is ready, or kubectl finds no way in 20 seconds.
   */
  static async open(workload: string, port: number): Promise<PortForward> {
    const { namespace, name } = await readyPod(workload);
    const args = ["port-forward", "-n", namespace, `pod/${name}`, `:${port}`];
    const running = start("kubectl", args, {});
    const url = await new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => running.child.kill(), MS_TO_BEGIN);
      running.child.stdout?.on("data", (chunk: Buffer) => {
        const [here] = /127\.0\.0\.1:\d+/.exec(chunk.toString()) ?? [];
        if (here === undefined) return;
        clearTimeout(timer);
        resolve(`http://${here}`);
      });
      running.ended.then(({ output }) => {
        clearTimeout(timer);
        reject(new Error(`kubectl ${args.join(" ")}: ${output}`));
      }, reject);
    });
    return new PortForward(running, url);
  }

  /** Ends it. */
  async close(): Promise<void> {
    const { child } = this.running;
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill();
    await once(child, "exit");
  }
}

/** Asks a port of a workload's first ready pod, and ends the way to it whatever comes. */
export async function throughPort<T>(
  workload: string,
  port: number,
  ask: (url: string) => Promise<T>,
): Promise<T> {
  const forward = await PortForward.open(workload, port);
  return ask(forward.url).finally(() => forward.close());
}
