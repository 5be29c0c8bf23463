import type { FileDiff } from "../../file-diffs";
import { element, type Markup, parts } from "./element";

/** Lines of one file that the page shows; a longer diff is read better in the plan's folder. */
const MOST_LINES = 2000;
/** Of a diff with so few lines nothing is folded away. */
const OPEN_LINES = 40;

/** Every file diff, long ones folded. */
export function fileSection(files: readonly FileDiff[]): Markup {
  if (files.length === 0) return parts([]);
  return parts([
    element("h3", {}, `Files in containers (${files.length})`),
    ...files.map(fileDetails),
  ]);
}

function fileDetails({ name, status, addedLines, removedLines, patch }: FileDiff): Markup {
  const lines = patch.split("\n").filter((line) => line !== "");
  const shown = lines.slice(0, MOST_LINES).map((line) => element("span", classOf(line), line));
  const more = lines.length - shown.length;
  const open = status === "changed" && lines.length <= OPEN_LINES;
  return element("details", open ? { open: "" } : {}, [
    element("summary", {}, [
      element("b", {}, name),
      status === "changed" ? " " : ` ${status} `,
      element("span", { class: "plus" }, `+${addedLines}`),
      " ",
      element("span", { class: "minus" }, `−${removedLines}`),
    ]),
    element("pre", { tabindex: "0", "aria-label": `Changes of ${name}` }, [
      ...shown,
      ...(more > 0 ? [element("span", { class: "hunk" }, `${more} more lines`)] : []),
    ]),
  ]);
}

function classOf(line: string): Readonly<Record<string, string>> {
  if (line.startsWith("@@") || line.startsWith("\\")) return { class: "hunk" };
  if (line.startsWith("+")) return { class: "added" };
  return line.startsWith("-") ? { class: "removed" } : {};
}
