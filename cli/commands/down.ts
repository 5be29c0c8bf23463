import { createInterface } from "node:readline/promises";
import { stackVolumes } from "../docker/stack-containers";
import { UserError } from "../user-error";
import { openSession, type Session } from "./session";

/** Options of `whalewatch down`. */
export interface DownOptions {
  readonly stack: string;
  /** Do not ask before changing anything. */
  readonly yes?: boolean;
  /** Delete the stores' data and the passwords too. */
  readonly deleteData?: boolean;
}

/** Takes a stack down. Volumes and the passwords to them stay unless their deletion is asked for. */
export async function down(directory: string, options: DownOptions): Promise<void> {
  const session = await openSession(directory, options.stack, async (docker) => {
    try {
      await docker.ping();
      return [];
    } catch {
      return [{ problem: "Docker does not answer.", remedy: "Start it, then run this again." }];
    }
  });
  const { stack, docker, pulumi } = session;
  const destroy = ["destroy", "--stack", stack.name, ...(options.yes === true ? ["--yes"] : [])];
  if (options.deleteData !== true) {
    await pulumi.run([...destroy, "--exclude-protected"]);
    const kept = await stackVolumes(docker, stack);
    if (kept.length > 0) {
      console.log(`Kept: ${kept.map(({ Name }) => Name).join(", ")}.`);
      console.log(`To delete the data too: npm run down -- --stack ${stack.name} --delete-data`);
    }
    return;
  }
  if (options.yes !== true) await confirmDeletion(session);
  await pulumi.run(["state", "unprotect", "--all", "--stack", stack.name, "--yes"]);
  await pulumi.run(destroy);
  for (const { Name } of await stackVolumes(docker, stack)) {
    await docker.getVolume(Name).remove();
    console.log(`Deleted volume ${Name}.`);
  }
}

async function confirmDeletion({ stack, docker }: Session): Promise<void> {
  const volumes = (await stackVolumes(docker, stack)).map(({ Name }) => Name);
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await prompt.question(
    `This deletes all data of ${stack.name} for good: ${volumes.join(", ")}.\nType the stack's name to go on: `,
  );
  prompt.close();
  if (answer.trim() !== stack.name) throw new UserError("Not confirmed; nothing was deleted.");
}
