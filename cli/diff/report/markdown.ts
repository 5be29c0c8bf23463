import type { FileDiff } from "../file-diffs";
import { codeBlock, code, folded, plain } from "./markdown-text";
import { stackMarkdown } from "./stack-markdown";
import type { FailedStack, Report, StackReport } from "./stack-report";

/** By which the one comment of a pull request is found again; at its very beginning. */
export const COMMENT_MARKER = "<!-- whalewatch diff -->";

/** What GitHub takes as a comment, in characters ("Body is too long"). */
export const LONGEST_COMMENT = 65_536;

/** Of one file's diff: more is for the report. */
const LONGEST_PATCH = 8000;
/** Of the names of files that are left out. */
const LONGEST_NAMES = 400;
/** What a stack's files need to be told of at all. */
const LEAST_FOR_FILES = 120;

/** Where a comment points to. */
export interface MarkdownOptions {
  /** Address of the HTML report. */
  readonly reportUrl?: string;
}

/** A report as a comment: never longer than GitHub takes, saying what it leaves out. */
export function markdown(report: Report, { reportUrl }: MarkdownOptions = {}): string {
  const { base, head, stacks, notes } = report;
  const link = reportUrl === undefined ? "" : ` · [full report](${reportUrl})`;
  const top = [
    COMMENT_MARKER,
    "## What this changes",
    `${code(base)} → ${code(head)}${link}`,
    ...notes.map((note) => `> [!NOTE]\n> ${plain(note)}`),
  ].join("\n\n");
  let left = LONGEST_COMMENT - top.length - 2;
  const each = Math.floor(left / Math.max(1, stacks.length));
  const summaries = stacks.map((stack) => {
    const text = "message" in stack ? failure(stack) : stackMarkdown(stack);
    const shown = closed(cut(text, each - LEAST_FOR_FILES - CLOSING.length));
    left -= shown.length + 2;
    return { stack, shown };
  });
  const sections = summaries.map(({ stack, shown }, index) => {
    if ("message" in stack || stack.sides === "gone") return shown;
    const others = (summaries.length - index - 1) * LEAST_FOR_FILES;
    const files = fileSection(stack, left - others);
    left -= files.length;
    return `${shown}${files}`;
  });
  return `${[top, ...sections].join("\n\n")}\n`;
}

function failure({ stack, version, message }: FailedStack): string {
  return `### ${plain(stack)}\n\n> [!CAUTION]\n> ${code(version)} cannot be planned.\n\n${codeBlock(message, "text")}`;
}

/** The diffs that fit; of the others their names. */
function fileSection({ files }: StackReport, room: number): string {
  if (files.length === 0) return "";
  const sum = (count: (file: FileDiff) => number): number =>
    files.reduce((total, file) => total + count(file), 0);
  const head = `Files in containers: ${files.length} (+${sum((file) => file.addedLines)} −${sum((file) => file.removedLines)} lines)`;
  const blocks: string[] = [];
  const leftOut: string[] = [];
  let used = head.length + LONGEST_NAMES + 200;
  for (const file of files) {
    const block = fileBlock(file);
    if (used + block.length > room) leftOut.push(file.name);
    else {
      blocks.push(block);
      used += block.length + 2;
    }
  }
  if (blocks.length === 0) return `\n\n${head}. There is no room for them here.`;
  const names = shortened(leftOut.map(code));
  const missing = leftOut.length === 0 ? [] : [`Left out for want of room: ${names}.`];
  return `\n\n${folded(head, [...blocks, ...missing].join("\n\n"))}`;
}

/** As many names as fit, and how many do not. */
function shortened(names: readonly string[]): string {
  let length = 0;
  const fit = names.filter((name) => (length += name.length + 2) <= LONGEST_NAMES);
  const more = names.length - fit.length;
  return `${fit.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function fileBlock({ name, status, addedLines, removedLines, patch }: FileDiff): string {
  if (status === "removed") return `${code(name)} removed (−${removedLines})`;
  const title = `${name} ${status === "changed" ? "" : `${status} `}(+${addedLines} −${removedLines})`;
  return folded(title, codeBlock(cut(patch, LONGEST_PATCH), "diff"));
}

const CLOSING = "\n\n</details>";

/** Ends what a cut left open, or all that follows would be folded away. */
function closed(text: string): string {
  const count = (tag: string): number => text.split(tag).length - 1;
  return text + CLOSING.repeat(Math.max(0, count("<details>") - count("</details>")));
}

/** The whole lines that fit, and how many do not. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const lines = text.split("\n");
  let length = 60;
  const fit = lines.findIndex((line) => (length += line.length + 1) > most);
  return [...lines.slice(0, fit), `... ${lines.length - fit} lines left out`].join("\n");
}
