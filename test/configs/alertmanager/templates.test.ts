import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import path from "node:path";
import { describe, test } from "node:test";
import {
  type ChannelTemplate,
  templateFile,
  use,
} from "../../../configs/alertmanager/templates/channel-template";
import {
  concat,
  firstOf,
  length,
  literal,
  PLAIN,
  text,
  when,
} from "../../../configs/alertmanager/templates/fragment";
import { CHANNEL_TEMPLATES } from "../../../configs/alertmanager/templates/templates";
import { temporaryFolder } from "../../support/temporary-folder";
import { testWithTool } from "../../support/tools";

const TEMPLATES: readonly ChannelTemplate[] = Object.values(CHANNEL_TEMPLATES).flat();

describe("whatever alerts a message is of, it fits its channel", () => {
  // As the channels document and Alertmanager enforces them, not as the templates say of themselves.
  const LIMITS: Readonly<Record<string, number>> = {
    "whalewatch.telegram.message": 4096,
    "whalewatch.slack.title": 1024,
    "whalewatch.slack.text": 3000,
    "whalewatch.discord.title": 256,
    "whalewatch.discord.message": 2000,
    "whalewatch.pagerduty.description": 1024,
  };
  for (const { name, fragment, limit } of TEMPLATES) {
    test(`${name}: at most ${fragment.most} of ${limit}`, () => {
      assert.ok(fragment.most <= limit);
      assert.ok(limit <= (LIMITS[name] ?? limit));
    });
  }
  test("every channel with a limit has a template within it", () => {
    const names = TEMPLATES.map(({ name }) => name);
    assert.deepEqual(
      Object.keys(LIMITS).filter((name) => !names.includes(name)),
      [],
    );
  });
});

describe("how the bound of a piece follows from its parts", () => {
  for (const [title, fragment, most] of [
    ["fixed text, by characters and not by bytes", literal("🔴 a…"), 4],
    ["one after the other", concat("ab", literal("c")), 3],
    ["the longer of two", when("x", "abc", "de"), 3],
    ["one or nothing", when("x", "abc"), 3],
    ["a value", text(".x", 50, PLAIN), 50],
    ["a value longer than can be cut", text(".x", 5000, PLAIN), 1000],
    ["a few of a list, and how many more", firstOf(".l", 3, literal("ab"), literal("more")), 10],
  ] as const) {
    test(`${title}: ${most}`, () => {
      assert.equal(fragment.most, most);
    });
  }
  test("fixed text that would be an action is refused", () => {
    assert.throws(() => literal("{{ .x }}"), RangeError);
  });
});

interface Alert {
  readonly status: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}
const labels = {
  alertname: "ServiceErrorRatioHigh",
  severity: "critical",
  project: "whalewatch",
  environment: "prod",
  service: "narwhal",
};
const alert = (index: number, changes: Partial<Alert> = {}): Alert => ({
  status: "firing",
  labels,
  annotations: {
    summary: "Too many requests fail.",
    description: `narwhal-${index} fails 7 % of its requests.`,
    dashboard_url: "http://127.0.0.1:3001/d/service?var-service=narwhal&viewPanel=panel-3",
    runbook_url: "https://git.example.com/runbooks/ServiceErrorRatioHigh.md",
  },
  ...changes,
});
const TIMES = { startsAt: "2026-11-26T14:03:05Z", endsAt: "2026-11-26T14:30:05Z" };

/** Between what one run of the tool renders. */
const BETWEEN = "\n=====\n";
const known = new Map<string, ReadonlyMap<string, string>>();

/** What a channel gets for a group of alerts, rendered by Alertmanager's own code. */
function render(
  amtool: string,
  context: Parameters<typeof temporaryFolder>[0],
  { name, html = false }: ChannelTemplate,
  alerts: readonly Alert[],
): string {
  const key = JSON.stringify([html, alerts]);
  const rendered = known.get(key) ?? renderAll(amtool, context, html, alerts);
  known.set(key, rendered);
  return rendered.get(name) ?? assert.fail(`${name} was not rendered`);
}

/** All templates of one type at once: a run of the tool takes longer than what it renders. */
function renderAll(
  amtool: string,
  context: Parameters<typeof temporaryFolder>[0],
  html: boolean,
  alerts: readonly Alert[],
): ReadonlyMap<string, string> {
  const [first] = alerts;
  const data = {
    receiver: "phone",
    status: alerts.some(({ status }) => status === "firing") ? "firing" : "resolved",
    alerts: alerts.map((entry) => ({ ...entry, ...TIMES })),
    groupLabels: {},
    commonLabels: first?.labels,
    commonAnnotations: {},
    externalURL: "http://alertmanager:9093",
  };
  const folder = temporaryFolder(context, {
    "all.tmpl": templateFile(TEMPLATES),
    "data.json": JSON.stringify(data),
  });
  const templates = TEMPLATES.filter((template) => (template.html ?? false) === html);
  const args = [
    ...["template", "render", `--template.glob=${path.join(folder, "all.tmpl")}`],
    `--template.text=${templates.map(use).join(BETWEEN)}${BETWEEN}`,
    `--template.type=${html ? "html" : "text"}`,
    `--template.data=${path.join(folder, "data.json")}`,
  ];
  const texts = execFileSync(amtool, args, { encoding: "utf8" }).split(BETWEEN);
  return new Map(templates.map((template, index) => [template.name, texts[index] ?? ""]));
}

const named = (name: string): ChannelTemplate =>
  TEMPLATES.find((template) => template.name === `whalewatch.${name}`) ??
  assert.fail(`no template ${name}`);

const FIRST_ALERT = `whalewatch/prod · narwhal · 1 firing
Too many requests fail.
• narwhal-0 fails 7 % of its requests. (since 2026-11-26 14:03 UTC)
`;
const DASHBOARD = "http://127.0.0.1:3001/d/service?var-service=narwhal&viewPanel=panel-3";
const RUNBOOK = "https://git.example.com/runbooks/ServiceErrorRatioHigh.md";

describe("what arrives for one alert", () => {
  for (const [name, expected] of [
    [
      "telegram.message",
      `🔴 <b>CRITICAL: ServiceErrorRatioHigh</b>\n${FIRST_ALERT}<a href="${DASHBOARD.replace("&", "&amp;")}">Dashboard</a> · <a href="${RUNBOOK}">Runbook</a>`,
    ],
    ["slack.title", "🔴 CRITICAL: ServiceErrorRatioHigh"],
    ["slack.fallback", "CRITICAL: ServiceErrorRatioHigh"],
    ["slack.text", `${FIRST_ALERT}<${DASHBOARD}|Dashboard> · <${RUNBOOK}|Runbook>`],
    ["slack.color", "danger"],
    ["discord.title", "🔴 CRITICAL: ServiceErrorRatioHigh"],
    ["discord.message", `${FIRST_ALERT}[Dashboard](${DASHBOARD}) · [Runbook](${RUNBOOK})`],
    ["email.subject", "CRITICAL: ServiceErrorRatioHigh (whalewatch/prod · narwhal, 1 firing)"],
    [
      "email.text",
      `🔴 CRITICAL: ServiceErrorRatioHigh\n${FIRST_ALERT}Dashboard: ${DASHBOARD} · Runbook: ${RUNBOOK}\n`,
    ],
    [
      "pagerduty.description",
      "CRITICAL: ServiceErrorRatioHigh (whalewatch/prod · narwhal, 1 firing): Too many requests fail.",
    ],
    ["pagerduty.severity", "critical"],
    ["pagerduty.dashboard", DASHBOARD],
    ["pagerduty.runbook", RUNBOOK],
  ] as const) {
    testWithTool("amtool", name, (amtool, context) => {
      assert.equal(render(amtool, context, named(name), [alert(0)]), expected);
    });
  }
});

testWithTool("amtool", "the end of an alert: resolved, from when to when", (amtool, context) => {
  const over = [alert(0, { status: "resolved" })];
  assert.match(
    render(amtool, context, named("telegram.message"), over),
    /^✅ <b>RESOLVED: ServiceErrorRatioHigh<\/b>\n.* 1 resolved\n.*\n• narwhal-0 .* \(2026-11-26 14:03 UTC to 2026-11-26 14:30 UTC\)\n/,
  );
  assert.equal(render(amtool, context, named("slack.color"), over), "good");
});

testWithTool("amtool", "some of a group are over: those that go on are told", (amtool, context) => {
  const some = [alert(0, { status: "resolved" }), alert(1), alert(2)];
  const said = render(amtool, context, named("slack.text"), some);
  assert.match(said, /2 firing, 1 resolved\n/);
  assert.match(said, /narwhal-1/);
  assert.doesNotMatch(said, /narwhal-0/);
});

testWithTool(
  "amtool",
  "without links, summary or service nothing is left open",
  (amtool, context) => {
    const bare = { status: "firing", labels: { alertname: "Mine" }, annotations: {} };
    assert.equal(
      render(amtool, context, named("telegram.message"), [bare]),
      "🔵 <b>FIRING: Mine</b>\n/ · 1 firing\n\n•  (since 2026-11-26 14:03 UTC)\n",
    );
  },
);

describe("signs of a channel's markup in an alert are text there", () => {
  const nasty = 'a <b>b</b> & "c" *d* _e_ `f` [g](h) <!channel> @everyone {{ .x }}';
  const [first] = [alert(0)];
  const alerts = [{ ...alert(0), annotations: { ...first.annotations, description: nasty } }];
  for (const [name, expected] of [
    [
      "telegram.message",
      'a &lt;b&gt;b&lt;/b&gt; &amp; "c" *d* _e_ `f` [g](h) &lt;!channel&gt; @everyone {{ .x }}',
    ],
    [
      "slack.text",
      'a &lt;b&gt;b&lt;/b&gt; &amp; "c" *d* _e_ `f` [g](h) &lt;!channel&gt; @everyone {{ .x }}',
    ],
    [
      "discord.message",
      'a <b\\>b</b\\> & "c" \\*d\\* \\_e\\_ \\`f\\` \\[g\\]\\(h\\) <!channel\\> @everyone {{ .x }}',
    ],
    [
      "email.html",
      'a &lt;b&gt;b&lt;/b&gt; &amp; "c" *d* _e_ `f` [g](h) &lt;!channel&gt; @everyone',
    ],
    ["email.text", nasty],
  ] as const) {
    testWithTool("amtool", name, (amtool, context) => {
      const said = render(amtool, context, named(name), alerts);
      assert.ok(said.includes(`• ${expected}`), said);
    });
  }

  testWithTool("amtool", "a link that is none, or too long, is left out", (amtool, context) => {
    for (const runbook_url of [
      "javascript:alert(1)",
      'https://x.example/"onmouseover="a',
      "https://x.example/a) [b](https://y.example",
      `https://x.example/${"a".repeat(300)}`,
      `https://x.example/?${"a&".repeat(20)}`,
    ]) {
      const one = [{ ...alert(0), annotations: { ...first.annotations, runbook_url } }];
      for (const name of ["telegram.message", "slack.text", "discord.message"]) {
        assert.equal(render(amtool, context, named(name), one).includes("Runbook"), false, name);
      }
    }
  });
});

describe("a storm of 100 alerts, each as long as it can be", () => {
  const long = '&<>"*_[]()'.repeat(200);
  const storm = Array.from({ length: 100 }, (): Alert => ({
    status: "firing",
    labels: Object.fromEntries(Object.keys(labels).map((name) => [name, long])),
    annotations: {
      summary: long,
      description: `${long}\n\n${long}`,
      dashboard_url: `https://x.example/${"&a".repeat(6)}${"b".repeat(200)}`,
      runbook_url: `https://x.example/${"c".repeat(232)}`,
    },
  }));
  for (const template of TEMPLATES) {
    testWithTool("amtool", `${template.name} stays within its bound`, (amtool, context) => {
      const said = render(amtool, context, template, storm);
      assert.ok(length(said) <= template.fragment.most, `${length(said)}`);
    });
  }
  for (const [name, more] of [
    ["telegram.message", 90],
    ["slack.text", 90],
    ["discord.message", 95],
    ["email.text", 50],
    ["pagerduty.alerts", 80],
  ] as const) {
    testWithTool("amtool", `${name} says how many it does not tell`, (amtool, context) => {
      const said = render(amtool, context, named(name), storm);
      assert.ok(said.includes(`\nand ${more} more\n`));
      // A cut leaves no half of an escape.
      if (name !== "email.text" && name !== "pagerduty.alerts") {
        assert.equal(/&[a-z]*…|[^\\]\\…/.test(said), false);
      }
    });
  }
});
