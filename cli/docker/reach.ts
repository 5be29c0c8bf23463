import type { Stack } from "../../model/stack";
import type { Way } from "../platforms/platform-access";
import { UserError } from "../user-error";
import { runningContainer } from "./running-container";
import type { ContainerLister } from "./stack-containers";

/** An engine as far as it lists containers and gives their logs. */
export interface LoggingEngine extends ContainerLister {
  getContainer(id: string): {
    logs(options: { stdout: true; stderr: true; follow: false; since: number }): Promise<Buffer>;
  };
}

/**
 * The way to a workload's container: the host port that it publishes.
 * @throws UserError when it does not run, or publishes none.
 */
export async function reachContainer(
  docker: LoggingEngine,
  stack: Pick<Stack, "project" | "name" | "workloads">,
  workload: string,
  port: number,
): Promise<Way[]> {
  const published = stack.workloads
    .find(({ name }) => name === workload)
    ?.ports.find(({ container }) => container === port)?.publish;
  if (published === undefined) {
    throw new UserError(
      `${workload} publishes no port, so there is no way to it from here: set whalewatch:${workload}.publish in Pulumi.${stack.name}.yaml, then run up.`,
    );
  }
  const container = await runningContainer(docker, stack, workload);
  const host = published.address === "0.0.0.0" ? "127.0.0.1" : published.address;
  return [
    {
      url: `http://${host}:${published.port}`,
      log: async (since) => {
        const options = { stdout: true, stderr: true, follow: false } as const;
        const seconds = Math.floor(since.getTime() / 1000);
        return demultiplexed(
          await docker.getContainer(container.Id).logs({ ...options, since: seconds }),
        );
      },
      close: () => undefined,
    },
  ];
}

const FRAME_HEADER = 8;
const LENGTH_AT = 4;

/** The engine puts a header before each piece of a log that has two streams. */
export function demultiplexed(log: Buffer): string {
  const pieces: Buffer[] = [];
  for (let at = 0; at + FRAME_HEADER <= log.length;) {
    const end = at + FRAME_HEADER + log.readUInt32BE(at + LENGTH_AT);
    pieces.push(log.subarray(at + FRAME_HEADER, end));
    at = end;
  }
  return Buffer.concat(pieces).toString("utf8");
}
