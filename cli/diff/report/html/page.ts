import type { FailedStack, Report } from "../stack-report";
import { element, list, type Markup, parts, rich } from "./element";
import { stackSection } from "./stack-section";
import { STYLE } from "./style";

/** A report as one page that asks nothing of any server: style and pictures are inside. */
export async function htmlPage(report: Report): Promise<string> {
  const { base, head, stacks, notes } = report;
  const sections: Markup[] = [];
  for (const stack of stacks) {
    sections.push("message" in stack ? failure(stack) : await stackSection(stack));
  }
  const page = element("html", { lang: "en" }, [
    element("head", {}, [
      { markup: '<meta charset="utf-8">' },
      { markup: '<meta name="viewport" content="width=device-width, initial-scale=1">' },
      element("title", {}, `${base} → ${head}: what this changes`),
      { markup: `<style>${STYLE}</style>` },
    ]),
    element("body", {}, [
      element("header", {}, [
        element("h1", {}, "What this changes"),
        element("p", { class: "versions" }, rich(`\`${base}\` → \`${head}\``)),
        ...notes.map((note) => element("p", { class: "note" }, note)),
        ...(stacks.length > 1 ? [navigation(stacks.map(({ stack }) => stack))] : []),
      ]),
      element("main", {}, sections),
      element(
        "footer",
        { class: "quiet" },
        "Nothing was created for this report; secrets are masked.",
      ),
    ]),
  ]);
  return `<!doctype html>\n${page.markup}\n`;
}

function navigation(stacks: readonly string[]): Markup {
  const links = stacks.map((stack) => element("a", { href: `#${stack}` }, stack));
  return element("nav", { "aria-label": "Stacks" }, list(links));
}

function failure({ stack, version, message }: FailedStack): Markup {
  return element("section", { id: stack, "aria-labelledby": `title-${stack}` }, [
    element("h2", { id: `title-${stack}` }, stack),
    element("div", { class: "danger", role: "note" }, [
      element("p", {}, parts([element("strong", {}, version), " cannot be planned."])),
    ]),
    element("pre", { tabindex: "0", "aria-label": "Why" }, element("span", {}, message)),
  ]);
}
