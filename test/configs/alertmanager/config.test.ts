import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import type { Stack } from "../../../model/stack";
import { ALERTMANAGER_CONFIG_DIRECTORY } from "../../../model/workloads/alertmanager";
import { alertmanagerYaml } from "../../support/alertmanager";
import { mountsOf, renderedFiles, Tree } from "../../support/rendered";
import { service, stackFrom, type Values } from "../../support/stack-settings";
import { temporaryFolder } from "../../support/temporary-folder";
import { testWithTool } from "../../support/tools";

const SECRETS = ["token", "hook", "key", "heart"];
const mail = {
  to: ["ops@example.com", "dev@example.com"],
  from: "whale@example.com",
  smarthost: "smtp.example.com:587",
  username: "whale",
  secret: "key",
};

/** Each receiver as set, its section in alertmanager.yml, and the release that first takes it. */
const RECEIVERS: readonly (readonly [string, Values, object, string?])[] = [
  [
    "Telegram",
    { telegram: { chatId: -1001234567890, threadId: 7, secret: "token" } },
    {
      telegram_configs: [
        {
          send_resolved: true,
          bot_token_file: "/run/secrets/token",
          chat_id: -1001234567890,
          message_thread_id: 7,
          parse_mode: "HTML",
          message: '{{ template "whalewatch.telegram.message" . }}',
        },
      ],
    },
    "0.28: a token by file since 0.26, topics since 0.28",
  ],
  [
    "Slack",
    { slack: { secret: "hook", channel: "#alerts" } },
    {
      slack_configs: [
        {
          send_resolved: true,
          api_url_file: "/run/secrets/hook",
          channel: "#alerts",
          color: '{{ template "whalewatch.slack.color" . }}',
          title: '{{ template "whalewatch.slack.title" . }}',
          title_link: "",
          fallback: '{{ template "whalewatch.slack.fallback" . }}',
          text: '{{ template "whalewatch.slack.text" . }}',
        },
      ],
    },
  ],
  [
    "Discord",
    { discord: { secret: "hook" } },
    {
      discord_configs: [
        {
          send_resolved: true,
          webhook_url_file: "/run/secrets/hook",
          title: '{{ template "whalewatch.discord.title" . }}',
          message: '{{ template "whalewatch.discord.message" . }}',
        },
      ],
    },
    "0.28: its URL by file",
  ],
  [
    "e-mail",
    { email: mail },
    {
      email_configs: [
        {
          send_resolved: true,
          to: "ops@example.com, dev@example.com",
          from: "whale@example.com",
          smarthost: "smtp.example.com:587",
          auth_username: "whale",
          auth_password_file: "/run/secrets/key",
          require_tls: true,
          headers: { Subject: '{{ template "whalewatch.email.subject" . }}' },
          html: '{{ template "whalewatch.email.html" . }}',
          text: '{{ template "whalewatch.email.text" . }}',
        },
      ],
    },
  ],
  [
    "a webhook with a token",
    { webhook: { url: "https://bot.example.com/alerts", secret: "token" } },
    {
      webhook_configs: [
        {
          send_resolved: true,
          url: "https://bot.example.com/alerts",
          max_alerts: 100,
          http_config: { authorization: { credentials_file: "/run/secrets/token" } },
        },
      ],
    },
  ],
  [
    "a webhook whose URL is secret",
    { webhook: { urlSecret: "hook" } },
    {
      webhook_configs: [{ send_resolved: true, url_file: "/run/secrets/hook", max_alerts: 100 }],
    },
    "0.26: its URL by file",
  ],
];

const stackOf = (alerts: Values): Stack =>
  stackFrom({ services: { orca: service() }, alerts }, SECRETS);
const configOf = (stack: Stack): Tree => Tree.read(alertmanagerYaml(stack));
const receiver = (stack: Stack, name: string): unknown =>
  configOf(stack)
    .at("receivers")
    .list.find((candidate) => candidate.at("name").plain === name)?.plain;

/** A folder with all files that Alertmanager reads, and its configuration pointing there. */
function asFolder(context: Parameters<typeof temporaryFolder>[0], stack: Stack): string {
  const files = [...renderedFiles(stack)].flatMap(([name, text]) =>
    name.startsWith("alertmanager/") ? [[path.basename(name), text] as const] : [],
  );
  const folder = temporaryFolder(context, Object.fromEntries(files));
  const here = alertmanagerYaml(stack).replaceAll(ALERTMANAGER_CONFIG_DIRECTORY, folder);
  writeFileSync(path.join(folder, "alertmanager.yml"), here);
  return folder;
}

describe("what a receiver becomes", () => {
  for (const [title, settings, expected] of RECEIVERS) {
    test(title, () => {
      const stack = stackOf({ receivers: { phone: settings } });
      assert.deepEqual(receiver(stack, "phone"), { name: "phone", ...expected });
    });
  }

  test("PagerDuty: its key by file, what matters as details, links only where there are some", () => {
    const stack = stackOf({ receivers: { duty: { pagerduty: { secret: "key" } } } });
    const config = Tree.of(receiver(stack, "duty")).at("pagerduty_configs").list[0];
    assert.ok(config);
    assert.equal(config.at("routing_key_file").text, "/run/secrets/key");
    assert.deepEqual(
      config.at("links").list.map((link) => link.at("text").text),
      ["Dashboard", "Runbook"],
    );
  });

  test("the heartbeat: one alert, by a URL that is a secret, and no word when it ends", () => {
    const stack = stackOf({ deadMansSwitch: { secret: "heart" } });
    assert.deepEqual(receiver(stack, "dead-mans-switch"), {
      name: "dead-mans-switch",
      webhook_configs: [{ send_resolved: false, url_file: "/run/secrets/heart", max_alerts: 1 }],
    });
  });
});

test("each secret that is used is a file, once, and no other", () => {
  const stack = stackOf({
    receivers: {
      phone: { telegram: { chatId: 1, secret: "token" } },
      other: { telegram: { chatId: 2, secret: "token" } },
      bot: { webhook: { urlSecret: "hook" } },
    },
    deadMansSwitch: { secret: "heart" },
  });
  const [secrets, ...others] = mountsOf(stack, "alertmanager").filter(({ sensitive }) => sensitive);
  assert.deepEqual(others, []);
  assert.deepEqual(secrets?.files, {
    token: { parts: [{ declared: "token" }] },
    hook: { parts: [{ declared: "hook" }] },
    heart: { parts: [{ declared: "heart" }] },
  });
});

test("a template file for each channel in use, and none for a webhook", () => {
  const files = (receivers: Values) =>
    Object.keys(mountsOf(stackOf({ receivers }), "alertmanager")[0]?.files ?? {});
  assert.deepEqual(files({ bot: { webhook: { url: "https://x.example" } } }), ["alertmanager.yml"]);
  assert.deepEqual(files({ a: { discord: { secret: "hook" } }, b: { email: mail } }), [
    "alertmanager.yml",
    "discord.tmpl",
    "email.tmpl",
  ]);
});

describe("a mute time as Alertmanager has it", () => {
  for (const [title, mute, expected] of [
    [
      "a span of the day",
      { times: ["12:00-13:00"] },
      [{ times: [{ start_time: "12:00", end_time: "13:00" }], location: "UTC" }],
    ],
    [
      "past midnight: the rest is on the next day",
      { times: ["22:00-07:00"], weekdays: ["friday", "sunday"], location: "Europe/Berlin" },
      [
        {
          times: [{ start_time: "22:00", end_time: "24:00" }],
          weekdays: ["friday", "sunday"],
          location: "Europe/Berlin",
        },
        {
          times: [{ start_time: "00:00", end_time: "07:00" }],
          weekdays: ["saturday", "monday"],
          location: "Europe/Berlin",
        },
      ],
    ],
    [
      "until midnight",
      { times: ["22:00-00:00"] },
      [{ times: [{ start_time: "22:00", end_time: "24:00" }], location: "UTC" }],
    ],
    [
      "whole days of some months",
      { weekdays: ["saturday"], months: ["july", "august"] },
      [{ weekdays: ["saturday"], months: ["july", "august"], location: "UTC" }],
    ],
  ] satisfies [string, Values, object[]][]) {
    test(title, () => {
      const stack = stackOf({ mute: { quiet: mute } });
      assert.deepEqual(configOf(stack).at("time_intervals").plain, [
        { name: "quiet", time_intervals: expected },
      ]);
    });
  }
});

describe("amtool accepts what is rendered", () => {
  const routes = { default: ["a"], critical: ["a", "b"], teams: { vision: { critical: ["b"] } } };
  const mute = {
    nights: { times: ["22:00-07:00"], location: "Europe/Berlin" },
    weekends: { weekdays: ["saturday", "sunday"], months: ["may"], teams: ["vision"] },
  };
  const slack = { slack: { secret: "hook" } };
  for (const [title, values] of [
    ["no receivers", {}],
    ["no monitoring of services", { services: {} }],
    [
      "routes, teams and mute times",
      {
        services: { orca: service({ team: "vision", needs: ["redis"] }) },
        redis: {},
        alerts: { receivers: { a: slack, b: slack }, routes, mute },
      },
    ],
    ["PagerDuty", { alerts: { receivers: { duty: { pagerduty: { secret: "key" } } } } }],
  ] satisfies [string, Values][]) {
    testWithTool("amtool", title, (amtool, context) => {
      const folder = asFolder(context, stackFrom(values, SECRETS));
      const file = path.join(folder, "alertmanager.yml");
      assert.match(execFileSync(amtool, ["check-config", file], { encoding: "utf8" }), /SUCCESS/);
    });
  }

  for (const [title, settings, , since] of RECEIVERS) {
    testWithTool("amtool", `${title}, from ${since ?? "0.25"}`, (amtool, context) => {
      const version = /version (\d+)\.(\d+)/.exec(
        execFileSync(amtool, ["--version"], { encoding: "utf8" }),
      );
      const [, minor = ""] = /^0\.(\d+)/.exec(since ?? "0.25") ?? [];
      const folder = asFolder(context, stackOf({ receivers: { phone: settings } }));
      const { status } = spawnSync(amtool, ["check-config", path.join(folder, "alertmanager.yml")]);
      // An older one must refuse it: then what is said of releases here is true.
      const recent = Number(version?.[1]) > 0 || Number(version?.[2]) >= Number(minor);
      assert.equal(status === 0, recent, version?.[0]);
    });
  }
});
