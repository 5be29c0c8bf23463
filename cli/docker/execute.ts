import { once } from "node:events";
import type { Duplex, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { StackIdentity } from "../../model/stack-identity";
import { failedExecution } from "../platforms/failed-execution";
import type { Execution } from "../platforms/platform-access";
import { runningContainer } from "./running-container";
import type { ContainerLister } from "./stack-containers";

/** An engine as far as it runs programs in containers; dockerode's client is one. */
export interface ExecutingEngine extends ContainerLister {
  getContainer(id: string): {
    exec(options: {
      Cmd: string[];
      AttachStdin: boolean;
      AttachStdout: true;
      AttachStderr: true;
    }): Promise<{
      start(options: { hijack: true; stdin: boolean }): Promise<Duplex>;
      inspect(): Promise<{ ExitCode: number | null }>;
    }>;
  };
}

/**
 * Runs a program in a workload's container.
 * @throws UserError when the workload does not run, or the program fails.
 */
export async function executeInContainer(
  docker: ExecutingEngine,
  stack: StackIdentity,
  { workload, command, input, output }: Execution,
): Promise<void> {
  const container = await runningContainer(docker, stack, workload);
  const exec = await docker.getContainer(container.Id).exec({
    Cmd: [...command],
    AttachStdin: input !== undefined,
    AttachStdout: true,
    AttachStderr: true,
  });
  const stream = await exec.start({ hijack: true, stdin: input !== undefined });
  let complaint = "";
  const reading = demultiplex(stream, output, (text) => {
    complaint += text;
  });
  // A program that ends before it has read everything says why itself.
  const writing = input && pipeline(input, stream, { end: true }).catch(() => undefined);
  await reading;
  input?.destroy();
  await writing;
  const { ExitCode } = await exec.inspect();
  if (ExitCode !== 0) throw failedExecution(workload, command, ExitCode, complaint);
}

const FRAME_HEADER = 8;
const LENGTH_AT = 4;
const STDERR = 2;

/** The engine puts a header before each piece of one of the two streams. Waits for a slow reader. */
async function demultiplex(
  stream: Duplex,
  output: Writable | undefined,
  complain: (text: string) => void,
): Promise<void> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (;;) {
      if (rest.length < FRAME_HEADER) break;
      const end = FRAME_HEADER + rest.readUInt32BE(LENGTH_AT);
      if (rest.length < end) break;
      const piece = rest.subarray(FRAME_HEADER, end);
      if (rest[0] === STDERR) complain(piece.toString("utf8"));
      else if (output?.destroyed === true) throw new Error("nobody takes its output any more");
      else if (output?.write(piece) === false) await once(output, "drain");
      rest = rest.subarray(end);
    }
  }
}
