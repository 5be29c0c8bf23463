import { createTwoFilesPatch, structuredPatch } from "diff";
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
  const options = { context: CONTEXT_LINES };
  const { hunks } = structuredPatch(name, name, old, now, "", "", options);
  const lines = hunks.flatMap((hunk) => hunk.lines);
  const patch = createTwoFilesPatch(name, name, old, now, "", "", options);
  const firstHunk = patch.indexOf("@@");
  return {
    name,
    status: before === undefined ? "added" : after === undefined ? "removed" : "changed",
    addedLines: lines.filter((line) => line.startsWith("+")).length,
    removedLines: lines.filter((line) => line.startsWith("-")).length,
    patch: firstHunk < 0 ? "" : patch.slice(firstHunk),
  };
}
