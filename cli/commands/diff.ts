import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { buildReport } from "../diff/build-report";
import { htmlPage } from "../diff/report/html/page";
import { markdown } from "../diff/report/markdown";
import { refusingPolicies } from "../diff/report/stack-report";
import { UserError } from "../user-error";

/** Options of `whalewatch diff`. */
export interface DiffOptions {
  readonly stack?: readonly string[];
  /** File for the Markdown; default: printed. */
  readonly out?: string;
  /** File for the page. */
  readonly html?: string;
  /** Where that page will be found, for the Markdown. */
  readonly reportUrl?: string;
}

/**
 * Tells what an update from one version to another does, with neither Docker nor credentials.
 * @throws UserError for versions or stacks that do not exist, and, with the report written, when a
 * version cannot be planned, or the update would be refused by a mandatory policy.
 */
export async function diff(
  directory: string,
  base: string | undefined,
  head: string | undefined,
  options: DiffOptions,
): Promise<void> {
  const report = await buildReport({ directory, base, head, stacks: options.stack });
  const { reportUrl } = options;
  const text = markdown(report, { ...(reportUrl !== undefined && { reportUrl }) });
  if (options.out === undefined) process.stdout.write(text);
  else write(path.resolve(directory, options.out), text);
  if (options.html !== undefined) {
    write(path.resolve(directory, options.html), await htmlPage(report));
  }
  const failed = report.stacks.flatMap((stack) =>
    "message" in stack ? [`${stack.stack} at ${stack.version}: ${stack.message}`] : [],
  );
  const refused = report.stacks.flatMap((stack) => {
    const policies = "message" in stack ? [] : refusingPolicies(stack);
    return policies.length > 0 ? [`${stack.stack} violates ${policies.join(", ")}.`] : [];
  });
  const reasons = [
    ...(failed.length > 0 ? ["Not everything can be planned.", ...failed] : []),
    ...(refused.length > 0 ? ["An update would be refused.", ...refused] : []),
  ];
  if (reasons.length > 0) throw new UserError(reasons.join("\n"));
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.log(`Wrote ${file}.`);
}
