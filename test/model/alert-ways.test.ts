import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { alertWays } from "../../model/alert-ways";
import { service, stackFrom, type Values } from "../support/stack-settings";

const webhook = (url: string): Values => ({ receivers: { bot: { webhook: { url } } } });
const mail = (smarthost: string): Values => ({
  receivers: { mail: { email: { to: ["a@example.com"], from: "b@example.com", smarthost } } },
});
const closed = { internet: false, outside: [], connects: [] };

describe("what telling people of alerts opens", () => {
  for (const [title, alerts, expected] of [
    ["nobody: nothing", {}, closed],
    [
      "a channel's own API: the internet",
      { receivers: { phone: { telegram: { chatId: 1, secret: "s" } } } },
      { ...closed, internet: true },
    ],
    [
      "a secret URL: the internet, as far as is known",
      { receivers: { bot: { webhook: { urlSecret: "s" } } } },
      { ...closed, internet: true },
    ],
    [
      "a heartbeat: the internet",
      { deadMansSwitch: { secret: "s" } },
      { ...closed, internet: true },
    ],
    ["a URL: the internet", webhook("https://x.example/a"), { ...closed, internet: true }],
    [
      "a private address: that port there",
      webhook("https://10.1.2.3:8443"),
      { ...closed, outside: [{ host: "10.1.2.3", port: 8443, cidr: "10.1.2.3/32" }] },
    ],
    [
      "a Service of the cluster: its port",
      webhook("http://bot.chat.svc:8080"),
      { ...closed, outside: [{ host: "bot.chat.svc", port: 8080 }] },
    ],
    [
      "a bare name that is no service: its port",
      webhook("http://alert-sink:8080"),
      { ...closed, outside: [{ host: "alert-sink", port: 8080 }] },
    ],
    [
      "a service of the stack: a connection to it",
      webhook("http://api:8000/a"),
      { ...closed, connects: ["api"] },
    ],
    [
      "a mail server elsewhere: the internet",
      mail("smtp.example.com:587"),
      { ...closed, internet: true },
    ],
    [
      "a relay of the stack: its port",
      mail("relay:25"),
      { ...closed, outside: [{ host: "relay", port: 25 }] },
    ],
  ] satisfies [string, Values, object][]) {
    test(title, () => {
      const values = { platform: "kubernetes", services: { api: service() }, alerts };
      assert.deepEqual(alertWays(stackFrom(values, ["s"]).settings), expected);
    });
  }
});
