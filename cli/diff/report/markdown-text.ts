/** Text that Markdown shows as it is, in one line, also in a table. */
export function plain(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\\`*_{}[\]<>#|~]/g, "\\$&")
    .replaceAll("@", "&#64;"); // mentions nobody
}

/** Text as code, in one line, also in a table. */
export function code(text: string): string {
  const line = text.replace(/\s+/g, " ").replaceAll("|", "\\|");
  const fence = "`".repeat(longestRun(line) + 1);
  const padding = line.startsWith("`") || line.endsWith("`") ? " " : "";
  return `${fence}${padding}${line}${padding}${fence}`;
}

/** A block of code that no line of it can end. */
export function codeBlock(text: string, language: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text.trimEnd()}\n${fence}`;
}

/** Something folded away under a line. Neither may hold HTML that is not meant. */
export function folded(summary: string, content: string): string {
  return `<details><summary>${html(summary)}</summary>\n\n${content}\n\n</details>`;
}

/** Text in HTML. */
export function html(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** Bold in the few words that are bold in a report; all else is plain. */
export function emphasised(text: string): string {
  return text
    .split(/(\*\*[^*]+\*\*|`[^`]+`)/)
    .map((part) => {
      if (part.startsWith("**")) return `**${plain(part.slice(2, -2))}**`;
      return part.startsWith("`") ? code(part.slice(1, -1)) : plain(part);
    })
    .join("");
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
