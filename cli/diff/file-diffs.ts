import { formatPatch, structuredPatch } from "diff";
import type { WrittenPlan } from "../plan/read-plan";
import { redact } from "./redact";

/** A provisioned file that differs. */
export interface FileDiff {
  /** `<workload><path in the container>`. */
  readonly name: string;
  readonly status: "added" | "removed" | "changed";
  readonly addedLines: number;
  readonly removedLines: number;
  /** Unified diff from its first hunk on. */
  readonly patch: string;
}

const CONTEXT_LINES = 3;
/** Lines that may differ before a file counts as another one: the search for them takes their square. */
const MOST_LINES_COMPARED = 5000;

const STATUSES: readonly FileDiff["status"][] = ["changed", "added", "removed"];

/** The unified diff of every provisioned file that differs: changed ones first, then by name. */
export function fileDiffs(before: WrittenPlan, after: WrittenPlan): FileDiff[] {
  const names = [...new Set([...before.files.keys(), ...after.files.keys()])].sort();
  const diffs = names.flatMap((name) => {
    const [old, now] = [before.files.get(name), after.files.get(name)];
    return old === now ? [] : [fileDiff(name, old, now)];
  });
  return STATUSES.flatMap((status) => diffs.filter((diff) => diff.status === status));
}

function fileDiff(name: string, before: string | undefined, after: string | undefined): FileDiff {
  const [old, now] = [redact(before ?? ""), redact(after ?? "")];
  const options = { context: CONTEXT_LINES, maxEditLength: MOST_LINES_COMPARED };
  const found = structuredPatch(name, name, old, now, "", "", options);
  const status = before === undefined ? "added" : after === undefined ? "removed" : "changed";
  if (found === undefined) {
    const count = (text: string): number => text.split("\n").length;
    const patch = `@@ more than ${MOST_LINES_COMPARED} lines differ @@`;
    return { name, status, addedLines: count(now), removedLines: count(old), patch };
  }
  const lines = found.hunks.flatMap((hunk) => hunk.lines);
  const patch = formatPatch(found);
  const firstHunk = patch.indexOf("@@");
  return {
    name,
    status,
    addedLines: lines.filter((line) => line.startsWith("+")).length,
    removedLines: lines.filter((line) => line.startsWith("-")).length,
    patch: firstHunk < 0 ? "" : patch.slice(firstHunk),
  };
}
