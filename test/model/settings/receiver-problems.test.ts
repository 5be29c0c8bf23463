import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { problemsOf, rawFrom, service, type Values } from "../../support/stack-settings";

const SECRETS = ["token", "hook", "key"];
const telegram = (changes: Values = {}): Values => ({
  telegram: { chatId: -1001234567890, secret: "token", ...changes },
});
const webhook = (changes: Values): Values => ({ webhook: changes });
const mail = (changes: Values = {}): Values => ({
  email: {
    to: ["ops@example.com"],
    from: "whale@example.com",
    smarthost: "smtp.example.com:587",
    ...changes,
  },
});

const CHAT =
  "a chat's number, negative for groups, such as -1001234567890 (the bot's getUpdates shows it)";
const ONE_KIND =
  "exactly one of telegram, slack, discord, email, pagerduty, webhook; a second one is a receiver of its own";
const PLAIN =
  "https, http to a bare name within the stack's network (http://NAME:PORT), or http to a Service of the same cluster (http://NAME.NAMESPACE.svc) or to localhost";
const PLAIN_MAIL = "true; false only without a login, to a server within the stack's own network";
const URL_CHOICE = "url, or urlSecret where the URL itself is secret";
const setSecret = (name: string) => `a name set with "pulumi config set --secret secrets:${name}"`;
const absent = (name: string) => `"${name}", which the stack does not have`;
const leaves = (url: string) => `"${url}", which leaves without encryption`;
const SECRET_NAME = "the name of a secret";

type Case = readonly [
  title: string,
  receiver: unknown,
  ...problems: (readonly [setting: string, found: string, allowed: string])[],
];

describe("one receiver", () => {
  for (const [title, receiver, ...problems] of [
    ["Telegram", telegram()],
    [
      "a topic of a group, by a server of one's own",
      telegram({ threadId: 7, apiUrl: "http://bot-api:8081" }),
    ],
    ["Slack", { slack: { secret: "hook", channel: "#alerts" } }],
    ["Slack, the webhook's own channel", { slack: { secret: "hook" } }],
    ["Discord", { discord: { secret: "hook" } }],
    ["e-mail", mail()],
    ["e-mail with a login", mail({ username: "whale", secret: "key" })],
    ["e-mail by a relay of the stack", mail({ smarthost: "relay:25", requireTls: false })],
    ["PagerDuty", { pagerduty: { secret: "key" } }],
    ["a webhook", webhook({ url: "https://bot.example.com/alerts" })],
    ["a webhook with a token", webhook({ url: "https://bot.example.com/alerts", secret: "token" })],
    ["a webhook whose URL is secret", webhook({ urlSecret: "hook" })],
    ["a webhook within the stack", webhook({ url: "http://alert-sink:8080/alerts" })],

    ["of no kind", {}, ["", "no kind of receiver", ONE_KIND]],
    [
      "of two kinds",
      { ...telegram(), slack: { secret: "hook" } },
      ["", "telegram and slack", ONE_KIND],
    ],
    [
      "of an unknown kind",
      { telegramm: {} },
      [
        "telegramm",
        "an unknown setting",
        'did you mean "telegram"? Known: telegram, slack, discord, email, pagerduty, webhook',
      ],
      ["", "no kind of receiver", ONE_KIND],
    ],
    [
      "without its secret",
      { telegram: { chatId: -1 } },
      ["telegram.secret", "nothing", SECRET_NAME],
    ],
    [
      "with a secret that is not set",
      { discord: { secret: "gone" } },
      ["discord.secret", absent("gone"), setSecret("gone")],
    ],
    [
      "with the secret itself",
      { pagerduty: { secret: "R0UT1NG KEY" } },
      [
        "pagerduty.secret",
        '"R0UT1NG KEY"',
        "a secret's name: letters, digits, _ and -, a letter first",
      ],
    ],
    ["with a chat's name", telegram({ chatId: "@whales" }), ["telegram.chatId", '"@whales"', CHAT]],
    [
      "with a chat's number as text",
      telegram({ chatId: "-100" }),
      ["telegram.chatId", '"-100"', CHAT],
    ],
    ["with half a chat", telegram({ chatId: 1.5 }), ["telegram.chatId", "1.5", CHAT]],
    ["with chat 0", telegram({ chatId: 0 }), ["telegram.chatId", "0", CHAT]],
    [
      "with a number that YAML rounds",
      telegram({ chatId: 2 ** 60 }),
      ["telegram.chatId", "1152921504606847000", CHAT],
    ],
    [
      "with topic 0",
      telegram({ threadId: 0 }),
      ["telegram.threadId", "0", "a whole number from 1 to 2147483647"],
    ],
    [
      "with an API in plain text",
      telegram({ apiUrl: "http://tg.example.com" }),
      ["telegram.apiUrl", leaves("http://tg.example.com"), PLAIN],
    ],
    [
      "with an API that is none",
      telegram({ apiUrl: "tg" }),
      ["telegram.apiUrl", '"tg"', "a URL such as https://api.telegram.org"],
    ],
    [
      "with a channel of two words",
      { slack: { secret: "hook", channel: "my alerts" } },
      ["slack.channel", '"my alerts"', "a channel such as #alerts, a user such as @ann, or an id"],
    ],
    ["to nobody", mail({ to: [] }), ["email.to", "[]", "a list of at least one address"]],
    [
      "to no address",
      mail({ to: ["ops"] }),
      ["email.to.0", '"ops"', "an address such as ops@example.com"],
    ],
    [
      "by a server without a port",
      mail({ smarthost: "smtp.example.com" }),
      [
        "email.smarthost",
        '"smtp.example.com"',
        "a mail server with its port, such as smtp.example.com:587",
      ],
    ],
    [
      "by a port that is none",
      mail({ smarthost: "smtp.example.com:99999" }),
      ["email.smarthost", '"smtp.example.com:99999"', "a port up to 65535"],
    ],
    [
      "with a login without a password",
      mail({ username: "me" }),
      ["email.secret", "nothing beside username", "the stack secret that holds its password"],
    ],
    [
      "with a password without a login",
      mail({ secret: "key" }),
      ["email.username", "nothing beside secret", "the login that the password belongs to"],
    ],
    [
      "with mail in plain text",
      mail({ requireTls: false }),
      ["email.requireTls", "false, so that mail leaves in plain text", PLAIN_MAIL],
    ],
    [
      "with a password in plain text",
      mail({ smarthost: "relay:25", requireTls: false, username: "me", secret: "key" }),
      ["email.requireTls", "a password in plain text", PLAIN_MAIL],
    ],
    ["with no URL", webhook({}), ["webhook", "neither url nor urlSecret", URL_CHOICE]],
    [
      "with two URLs",
      webhook({ url: "https://x.example", urlSecret: "hook" }),
      ["webhook", "both url and urlSecret", URL_CHOICE],
    ],
    [
      "with a URL in plain text",
      webhook({ url: "http://x.example" }),
      ["webhook.url", leaves("http://x.example"), PLAIN],
    ],
    [
      "with a login in its URL",
      webhook({ url: "https://me:pw@x.example" }),
      [
        "webhook.url",
        '"https://…@x.example"',
        "a URL such as https://alerts.example.com/whalewatch",
      ],
    ],
    [
      "with a cluster's name on Docker",
      webhook({ url: "http://bot.chat.svc:8080" }),
      ["webhook.url", leaves("http://bot.chat.svc:8080"), PLAIN],
    ],
    ["that is no mapping", "phone", ["", '"phone"', "a mapping of settings"]],
  ] satisfies Case[]) {
    test(`${title}: ${problems.length === 0 ? "well" : "refused"}`, () => {
      const alerts = { receivers: { phone: receiver } };
      assert.deepEqual(
        problemsOf(rawFrom({ alerts }, SECRETS)),
        problems.map(([key, found, allowed]) => ({
          setting: ["whalewatch:alerts.receivers.phone", key]
            .filter((part) => part !== "")
            .join("."),
          found,
          allowed,
        })),
      );
    });
  }

  test("a Service of the cluster: well on Kubernetes", () => {
    const alerts = { receivers: { bot: webhook({ url: "http://bot.chat.svc:8080" }) } };
    assert.deepEqual(problemsOf(rawFrom({ platform: "kubernetes", alerts })), []);
  });
});

describe("a service of the stack as a receiver", () => {
  const services = {
    bot: service({ port: 8000 }),
    mute: service({ kind: "worker", port: undefined }),
  };
  for (const [url, found, allowed] of [
    ["http://bot:8000/alerts"],
    ["http://bot/alerts", "port 80 of the service bot", "its port, 8000"],
    ["http://mute:8000", "port 8000 of the service mute", "a service with a port"],
    ["http://constructor:8000"],
  ] as const) {
    test(`${url}: ${found === undefined ? "well" : "refused"}`, () => {
      const alerts = { receivers: { bot: webhook({ url }) } };
      assert.deepEqual(
        problemsOf(rawFrom({ services, alerts })),
        found === undefined
          ? []
          : [{ setting: "whalewatch:alerts.receivers.bot.webhook.url", found, allowed }],
      );
    });
  }
});
