import { confirmByName } from "../confirm";
import { openSession, type Session } from "./session";

/** Options of `whalewatch down`. */
export interface DownOptions {
  readonly stack: string;
  /** Do not ask before changing anything. */
  readonly yes?: boolean;
  /** Delete the stores' data and the passwords too. */
  readonly deleteData?: boolean;
}

/** Takes a stack down. Data and the passwords to it stay unless their deletion is asked for. */
export async function down(directory: string, options: DownOptions): Promise<void> {
  const session = await openSession(directory, options.stack, (platform) =>
    platform.checkAnswers(),
  );
  const { stack, platform, pulumi } = session;
  const destroy = ["destroy", "--stack", stack.name, ...(options.yes === true ? ["--yes"] : [])];
  if (options.deleteData !== true) {
    await pulumi.run([...destroy, "--exclude-protected"]);
    const kept = await platform.keptData();
    if (kept.length > 0) {
      console.log(`Kept: ${kept.join(", ")}.`);
      console.log(`To delete the data too: npm run down -- --stack ${stack.name} --delete-data`);
    }
    return;
  }
  if (options.yes !== true) await confirmDeletion(session);
  await pulumi.run(["state", "unprotect", "--all", "--stack", stack.name, "--yes"]);
  // Confirmed above: a second question here, answered with no, would leave the passwords unprotected.
  await pulumi.run(["destroy", "--stack", stack.name, "--yes"]);
  await platform.deleteData((line) => console.log(line));
}

async function confirmDeletion({ stack, platform }: Session): Promise<void> {
  const kept = await platform.keptData();
  await confirmByName(
    `This deletes all of ${stack.name} for good, with its data: ${kept.join(", ") || "none is kept"}.`,
    stack.name,
    "Not confirmed; nothing was deleted.",
  );
}
