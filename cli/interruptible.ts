import { UserError } from "./user-error";

/** What asks a command to end: Ctrl-C, a supervisor, a terminal that is gone. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Does work that must not be left half done. A signal that would end the process aborts `interrupted`
 * in its place: the work stops at its next safe point and puts right what it has begun. Further
 * signals change nothing.
 */
export async function interruptible<T>(work: (interrupted: AbortSignal) => Promise<T>): Promise<T> {
  const interruption = new AbortController();
  const interrupt = (): void => {
    if (interruption.signal.aborted) return;
    interruption.abort(new UserError("Interrupted."));
    console.error("Interrupted: what was begun is put right first.");
  };
  // Where the terminal is gone, what cannot be said any more must not end the work.
  const unheard = (): void => undefined;
  for (const signal of SIGNALS) process.on(signal, interrupt);
  for (const stream of [process.stdout, process.stderr]) stream.on("error", unheard);
  try {
    return await work(interruption.signal);
  } finally {
    for (const signal of SIGNALS) process.off(signal, interrupt);
    for (const stream of [process.stdout, process.stderr]) stream.off("error", unheard);
  }
}
