import { buffer } from "node:stream/consumers";
import { Readable, type Writable } from "node:stream";
import type { Execution, PlatformAccess, VolumeData } from "../../../cli/platforms/platform-access";
import { UserError } from "../../../cli/user-error";

/** How a program inside a workload answers: what it prints, or the reason why it fails. */
export type Answer = (command: readonly string[], input: string) => string | UserError;

/** A platform in memory, which notes everything that is done to it. */
export class FakePlatform implements Pick<PlatformAccess, "execute"> {
  /** What was done, in order. */
  readonly steps: string[] = [];
  /** Each volume by `workload:directory`. */
  readonly volumes = new Map<string, string>();
  /** Content with which no workload gets well. */
  readonly refused = new Set<string>();

  constructor(private readonly answer: Answer = () => "") {}

  readonly volumeData: VolumeData = {
    copy: async (workload, directory, output) => {
      this.steps.push(`copy ${workload}:${directory}`);
      await write(output, this.volumes.get(`${workload}:${directory}`) ?? "");
    },
    checkReplaceable: () => Promise.resolve(),
    replace: async (workload, directory, archive) => {
      const content = (await buffer(archive)).toString();
      this.steps.push(`replace ${workload}:${directory} with ${content}`);
      if (this.refused.has(content)) throw new UserError(`${workload} did not become healthy`);
      this.volumes.set(`${workload}:${directory}`, content);
    },
  };

  readonly execute = async ({ workload, command, input, output }: Execution): Promise<void> => {
    const read = input === undefined ? "" : (await buffer(input)).toString();
    this.steps.push(`${workload}: ${command.join(" ")}${read === "" ? "" : ` < ${read}`}`);
    const answer = this.answer(command, read);
    if (answer instanceof UserError) throw answer;
    if (output) await write(output, answer);
  };
}

async function write(output: Writable, text: string): Promise<void> {
  for await (const chunk of Readable.from([Buffer.from(text)])) output.write(chunk);
}
