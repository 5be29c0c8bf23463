import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { format } from "prettier";
import { ALERT_DEFINITIONS } from "../../model/alerts/catalog";
import { projectFile } from "../support/stack-settings";

const PAGE = "docs/alerts.md";

const INTRODUCTION = `# Alerts

Every alert that a stack may have. A stack has those whose subject it declares: without Redis there is
no alert about Redis. Change one below \`whalewatch:alerts.rules\`, in each environment as you need it:

\`\`\`yaml
whalewatch:alerts:
  rules:
    RedisMemoryHigh: { threshold: 80%, for: 10m }
    RedisEvicting: { off: "this Redis is a cache that may forget" }
\`\`\`

This page is made from the alerts themselves; \`UPDATE_GOLDEN=1 npm test\` writes it anew.
`;

/** One line an alert: what it says, from where on, how to change that, what to do. */
function page(): Promise<string> {
  const lines = [...ALERT_DEFINITIONS].map(([name, alert]) => {
    const { severity, summary, threshold } = alert;
    const level = threshold
      ? `${threshold.default.text} (${threshold.lowest.text} to ${threshold.highest.text}); ${threshold.source}`
      : "";
    const settings = [
      ...(threshold ? ["threshold"] : []),
      ...(alert.for === undefined ? [] : ["for"]),
      "severity",
      "off",
      ...(alert.per ? [`${alert.per}s`] : []),
    ];
    return `| [${name}](runbooks/${name}.md) | ${severity} | ${summary} | ${level} | ${alert.for ?? "at once"} | ${settings.join(", ")} |`;
  });
  const table = [
    "| alert, with its runbook | severity | meaning | fires from | holds for | settings |",
    "| --- | --- | --- | --- | --- | --- |",
    ...lines,
  ];
  return format(`${INTRODUCTION}\n${table.join("\n")}\n`, { parser: "markdown", printWidth: 100 });
}

test("docs/alerts.md says what the alerts are (UPDATE_GOLDEN=1 writes it anew)", async () => {
  const text = await page();
  if (process.env["UPDATE_GOLDEN"] === "1") {
    writeFileSync(path.resolve(__dirname, "../..", PAGE), text);
  }
  assert.equal(projectFile(PAGE), text);
});
