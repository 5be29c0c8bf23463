import assert from "node:assert/strict";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { htmlPage } from "../../../../cli/diff/report/html/page";
import { stackReport } from "../../../../cli/diff/report/stack-report";
import { baseOfPair, headOfPair, PLANTED } from "../../../support/planned-pair";
import { temporaryFolder } from "../../../support/temporary-folder";
import { findTool } from "../../../support/tools";

const failed = { stack: "prod", version: "working tree", message: "found <lots> & more" };

/** The page of the pair of plans, and of a stack that cannot be planned. */
function pageOfPair(): Promise<string> {
  const stacks = [stackReport(baseOfPair(), headOfPair()), failed];
  return htmlPage({ base: "main", head: "working tree", stacks, notes: ["<b>note</b>"] });
}

test("a page shows text as text, and no secret", async () => {
  const page = await pageOfPair();
  assert.deepEqual(
    PLANTED.filter((secret) => page.includes(secret)),
    [],
  );
  assert.ok(page.includes("&lt;b&gt;note&lt;/b&gt;"));
  assert.ok(page.includes("found &lt;lots&gt; &amp; more"));
  assert.equal(page.split("</details> @everyone").length, 1);
});

const program = (["chromium", "chromium-browser", "google-chrome"] as const)
  .map((name) => findTool(name))
  .find((found) => found !== undefined);
const skip =
  program === undefined
    ? "NOT CHECKED: there is no chromium on PATH; apt-get install chromium, then run this again"
    : false;

let browser: Browser | undefined;
let address = "";

/** Opens the page and returns what went wrong on the way. */
async function open(
  width: number,
  colorScheme: "light" | "dark",
): Promise<{ page: Page; requests: string[]; complaints: string[] }> {
  assert.ok(browser);
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(address);
  return { page, requests, complaints };
}

/** Contrast of each piece of text with what is behind it (WCAG 2.2, 1.4.3); the lowest of the page. */
const LOWEST_CONTRAST = `(() => {
  const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (rgb) => {
    const [r, g, b] = rgb.map((v) => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const [r, g, b, a = 1] = parse(getComputedStyle(each).backgroundColor);
      if (a === 1) return [r, g, b];
    }
    return [255, 255, 255];
  };
  let lowest = 21;
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== "");
    if (!own) continue;
    const [one, two] = [light(parse(getComputedStyle(element).color).slice(0, 3)), light(behind(element))];
    lowest = Math.min(lowest, (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05));
  }
  return lowest;
})()`;

describe("in a browser", { skip }, () => {
  const clean: (() => void)[] = [];
  before(async () => {
    const keep = { after: (remove: () => void) => clean.push(remove) };
    const folder = temporaryFolder(keep, { "report.html": await pageOfPair() });
    address = pathToFileURL(path.join(folder, "report.html")).href;
    browser = await chromium.launch({ ...(program !== undefined && { executablePath: program }) });
  });
  after(async () => {
    await browser?.close();
    clean.forEach((remove) => remove());
  });

  for (const scheme of ["light", "dark"] as const) {
    test(`${scheme}: whole by itself, readable, with its pictures`, { skip }, async () => {
      const { page, requests, complaints } = await open(1200, scheme);
      const outside = requests.filter((url) => !url.startsWith("data:"));
      assert.deepEqual([outside, complaints], [[address], []]);
      const widths = await page.evaluate<number[]>(
        "[...document.images].map((image) => image.naturalWidth)",
      );
      assert.equal(widths.length, 2);
      assert.ok(widths.every((width) => width > 100));
      assert.ok((await page.evaluate<number>(LOWEST_CONTRAST)) >= 4.5);
      const isDark = await page.evaluate<boolean>(
        "getComputedStyle(document.body).backgroundColor === 'rgb(13, 17, 23)'",
      );
      assert.equal(isDark, scheme === "dark");
      await page.close();
    });
  }

  test("a reader that hears the page finds its way", async () => {
    const { page } = await open(1200, "light");
    assert.equal(await page.getByRole("heading", { level: 1 }).count(), 1);
    const names = ["try", "prod"];
    for (const name of names) {
      assert.equal(await page.getByRole("heading", { level: 2, name, exact: true }).count(), 1);
      assert.equal(await page.getByRole("link", { name, exact: true }).count(), 1);
    }
    const rows = page
      .getByRole("table", { name: "What happens to each workload" })
      .getByRole("row");
    assert.equal(await rows.count(), 7);
    assert.equal(
      await page.getByRole("rowheader", { name: "postgres" }).first().innerText(),
      "postgres",
    );
    const bar = page.getByRole("img", { name: "after: 416 of 2048 MiB" });
    assert.equal(await bar.count(), 1);
    const picture = page.getByRole("img", { name: /connections: after\. Green: new \(worker\)/ });
    assert.equal(await picture.count(), 1);
    await page.close();
  });

  test("what is folded opens by the keyboard", async () => {
    const { page } = await open(1200, "light");
    const details = page.locator("details", { hasText: "postgres-container" });
    const inside = details.getByRole("table");
    assert.equal(await inside.isVisible(), false);
    await details.locator("summary").focus();
    await page.keyboard.press("Enter");
    assert.equal(await inside.isVisible(), true);
    await page.close();
  });

  test("on a narrow screen nothing is wider than it", async () => {
    const { page } = await open(390, "light");
    assert.equal(await page.evaluate<number>("document.documentElement.scrollWidth"), 390);
    await page.close();
  });
});
