import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import type Docker from "dockerode";
import { AlertmanagerApi, type PostedAlert } from "../../cli/alerts/alertmanager-api";
import { testThrough } from "../../cli/commands/alert-test";
import { dockerClient } from "../../cli/docker/stack-containers";
import { ALERTMANAGER, ALERTMANAGER_PORT } from "../../model/workloads/alertmanager";
import { declareStack, serviceSettings } from "../support/declared-stack";
import { Tree } from "../support/rendered";
import {
  ChannelSink,
  publishedUrl,
  type Recorded,
  SINK,
} from "./support/channel-sink/channel-sink";
import { eventually } from "./support/command";
import { logOf, removeAlone, startAlone } from "./support/lone-workload";

const NAME = "whalewatch-alert-delivery";
const CONTAINERS = { alertmanager: `${NAME}-alertmanager`, sink: `${NAME}-sink` };
/** A test is told to be over 15 s later, at the next look at its group, every 10 s; and some. */
const TEST_GROUP_SECONDS = 28;
const BASE = `http://${SINK.name}:${SINK.http}`;
const SECRETS: Readonly<Record<string, string>> = {
  telegramToken: "12345:lab-token",
  slackWebhook: `${BASE}/services/T0/B0/lab`,
  discordWebhook: `${BASE}/api/webhooks/1/lab`,
  pagerdutyKey: "lab-routing-key",
  botToken: "lab-bearer",
  heartbeatUrl: `${BASE}/heartbeat?status=up`,
};
const stack = declareStack(
  {
    services: { narwhal: serviceSettings({ team: "vision" }) },
    alerts: {
      receivers: {
        phone: { telegram: { chatId: -1001234567890, secret: "telegramToken", apiUrl: BASE } },
        chat: { slack: { secret: "slackWebhook", channel: "#alerts" } },
        room: { discord: { secret: "discordWebhook" } },
        mail: {
          email: {
            to: ["ops@example.com", "dev@example.com"],
            from: "whale@example.com",
            smarthost: `${SINK.name}:${SINK.mail}`,
            requireTls: false,
          },
        },
        duty: { pagerduty: { secret: "pagerdutyKey", apiUrl: `${BASE}/v2/enqueue` } },
        bot: { webhook: { url: `${BASE}/hook`, secret: "botToken" } },
      },
      routes: {
        info: ["bot"],
        teams: { vision: { info: ["chat"] } },
        groupWait: "1s",
        groupInterval: "3s",
      },
      // The image has to know time zones, or Alertmanager would not start.
      mute: {
        nights: {
          times: ["22:00-07:00"],
          location: "Europe/Berlin",
          severities: ["info"],
          teams: ["vision"],
        },
      },
      deadMansSwitch: { secret: "heartbeatUrl", every: "30s" },
    },
  },
  Object.keys(SECRETS),
);

const alert = (changes: Partial<PostedAlert> = {}, labels = {}): PostedAlert => ({
  labels: {
    alertname: "ServiceErrorRatioHigh",
    severity: "critical",
    project: stack.project,
    environment: stack.name,
    service: "narwhal",
    ...labels,
  },
  annotations: {
    summary: "Too many requests fail.",
    description: "narwhal fails 7 % of <its> requests & more.",
    dashboard_url: "http://127.0.0.1:3001/d/service?var-service=narwhal&from=now-1h",
    runbook_url: "https://git.example.com/runbooks/ServiceErrorRatioHigh.md",
  },
  startsAt: "2026-01-02T03:04:05Z",
  endsAt: new Date(Date.now() + 600_000).toISOString(),
  ...changes,
});

describe("alerts arrive", { concurrency: 1 }, () => {
  const docker = dockerClient();
  const folder = mkdtempSync(path.join(tmpdir(), "whalewatch-alerts-"));
  let network: Docker.Network | undefined;
  let container: Docker.Container;
  let sink: ChannelSink;
  let url = "";
  let api: AlertmanagerApi;

  before(async () => {
    await removeAlone(docker, NAME, Object.values(CONTAINERS));
    network = await docker.createNetwork({ Name: NAME });
    sink = await ChannelSink.start(docker, NAME, CONTAINERS.sink);
    container = await startAlone(docker, stack, ALERTMANAGER, {
      network: NAME,
      container: CONTAINERS.alertmanager,
      folder,
      secrets: SECRETS,
    });
    try {
      url = await publishedUrl(container, ALERTMANAGER_PORT);
      api = new AlertmanagerApi(url);
      await eventually(20, () => api.receivers());
    } catch (error) {
      throw new Error(`Alertmanager did not start: ${await logOf(container)}`, { cause: error });
    }
  });
  after(async () => {
    await removeAlone(docker, NAME, Object.values(CONTAINERS));
    rmSync(folder, { recursive: true, force: true });
    assert.ok(network);
  });

  test("a critical alert reaches every channel, with its text", async () => {
    await api.post([alert()]);
    const [telegram, slack, discord, mail, pagerduty, webhook] = await Promise.all(
      (["telegram", "slack", "discord", "email", "pagerduty", "webhook"] as const).map(
        async (channel): Promise<Recorded> => {
          const [first, ...others] = await sink.arrived(channel, 1, 20);
          assert.ok(first);
          assert.deepEqual(others, []);
          return first;
        },
      ),
    );
    assert.ok(telegram && slack && discord && mail && pagerduty && webhook);
    const body = `whalewatch/${stack.name} · narwhal · 1 firing\nToo many requests fail.\n`;
    const since = "(since 2026-01-02 03:04 UTC)\n";
    const runbook = "https://git.example.com/runbooks/ServiceErrorRatioHigh.md";
    const dashboard = "http://127.0.0.1:3001/d/service?var-service=narwhal&from=now-1h";

    assert.equal(telegram.path, "/bot12345:lab-token/sendMessage");
    assert.equal(String(telegram.body["chat_id"]), "-1001234567890");
    assert.equal(
      telegram.body["text"],
      `🔴 <b>CRITICAL: ServiceErrorRatioHigh</b>\n${body}• narwhal fails 7 % of &lt;its&gt; requests &amp; more. ${since}<a href="${dashboard.replace("&", "&amp;")}">Dashboard</a> · <a href="${runbook}">Runbook</a>`,
    );

    assert.equal(slack.body["channel"], "#alerts");
    has(slack.body["attachments"], {
      title: "🔴 CRITICAL: ServiceErrorRatioHigh",
      color: "danger",
      text: `${body}• narwhal fails 7 % of &lt;its&gt; requests &amp; more. ${since}<${dashboard}|Dashboard> · <${runbook}|Runbook>`,
    });
    has(discord.body["embeds"], {
      title: "🔴 CRITICAL: ServiceErrorRatioHigh",
      description: `${body}• narwhal fails 7 % of <its\\> requests & more. ${since}[Dashboard](${dashboard}) · [Runbook](${runbook})`,
    });
    assert.deepEqual(mail.body["to"], ["ops@example.com", "dev@example.com"]);
    // Words of a header that has other signs than ASCII are joined by _ (RFC 2047).
    assert.match(String(mail.body["text"]), /^Subject: .*CRITICAL:_ServiceErrorRatioHigh/m);
    assert.match(String(mail.body["text"]), /\r\nToo many requests fail\.\r\n/);
    assert.equal(pagerduty.body["routing_key"], "lab-routing-key");
    has(pagerduty.body["payload"], {
      severity: "critical",
      summary: `CRITICAL: ServiceErrorRatioHigh (whalewatch/${stack.name} · narwhal, 1 firing): Too many requests fail.`,
    });
    assert.equal(webhook.authorization, "Bearer lab-bearer");
    assert.equal(webhook.body["status"], "firing");
  });

  test("and its end", async () => {
    await sink.clear();
    await api.post([alert({ endsAt: new Date().toISOString() })]);
    const [message] = await sink.arrived("telegram", 1, 20);
    assert.match(String(message?.body["text"]), /^✅ <b>RESOLVED: ServiceErrorRatioHigh<\/b>\n/);
    const [incident] = await sink.arrived("pagerduty", 1, 20);
    assert.equal(incident?.body["event_action"], "resolve");
    // The others too, so that none of them comes in the middle of what follows.
    for (const channel of ["slack", "discord", "email", "webhook"] as const) {
      await sink.arrived(channel, 1, 20);
    }
  });

  test("a storm of 100 in one message that the channel takes", async () => {
    await sink.clear();
    const long = '&<>"_*'.repeat(100);
    const storm = Array.from({ length: 100 }, (_, index) =>
      alert(
        // From now on: a group of older alerts is told at once, without waiting for the rest.
        {
          annotations: { summary: long, description: long },
          startsAt: new Date().toISOString(),
        },
        { alertname: "Storm", instance: `10.0.0.${index}` },
      ),
    );
    await api.post(storm);
    const [message] = await sink.arrived("telegram", 1, 20);
    assert.match(String(message?.body["text"]), /\nand 90 more\n$/);
    const [embed] = await sink.arrived("discord", 1, 20);
    assert.match(JSON.stringify(embed?.body["embeds"]), /and 95 more/);
    assert.equal((await sink.requests("telegram")).length, 1);
  });

  test("the heartbeat goes to whoever waits for it, and nowhere else", async () => {
    await sink.clear();
    await api.post([alert({}, { alertname: "Watchdog", severity: "none" })]);
    const [beat] = await sink.arrived("heartbeat", 1, 20);
    assert.equal(beat?.path, "/heartbeat?status=up");
    const others = (await sink.requests()).filter(({ body }) =>
      JSON.stringify(body).includes("Watchdog"),
    );
    assert.deepEqual(
      others.map(({ channel }) => channel),
      ["heartbeat"],
    );
  });

  const reach = () =>
    Promise.resolve([
      {
        url,
        log: (since: Date) => logOf(container, Math.floor(since.getTime() / 1000)),
        close: () => undefined,
      },
    ]);
  const everyone = ["phone", "chat", "room", "mail", "duty", "bot", "dead-mans-switch"];

  test("alert test: every receiver gets it and says so", async () => {
    await sink.clear();
    const said: string[] = [];
    await testThrough(stack, everyone, { reach }, (line) => said.push(line));
    assert.deepEqual(
      said.map((line) => line.replace(/[\d.]+ s$/, "N s")),
      everyone.map((name) => `${name}: arrived after N s`),
    );
    const [message] = await sink.requests("telegram");
    assert.match(String(message?.body["text"]), /WhalewatchTest/);
    assert.equal((await sink.requests("slack")).length, 1);
  });

  test("alert test: a receiver that refuses or has trouble is named, with the reason", async () => {
    // A receiver's counts are of all that it is told, the end of earlier alerts too.
    await sink.quietFor(TEST_GROUP_SECONDS, 90);
    await sink.answer({ slack: 403, discord: 503 });
    const said: string[] = [];
    const chosen = ["chat", "room", "bot"];
    await assert.rejects(
      testThrough(stack, chosen, { reach }, (line) => said.push(line)),
      /2 of 3 receivers did not get the test alert/,
    );
    await sink.answer({});
    const text = said.join("\n");
    assert.match(text, /^chat: did not arrive: .*403.*\n {2}Set its secret anew/m);
    assert.match(text, /^room: did not arrive: .*503.*\n {2}It has trouble of its own/m);
    assert.match(text, /^bot: arrived after/m);
    assert.doesNotMatch(text, /lab-token|lab-bearer|services\/T0/);
  });
});

/** The first entry of a list, or a mapping, has these values among others. */
function has(found: unknown, expected: Readonly<Record<string, unknown>>): void {
  const tree = Array.isArray(found) ? Tree.of(found).list[0] : Tree.of(found);
  assert.deepEqual(
    Object.fromEntries(Object.keys(expected).map((key) => [key, tree?.at(key).plain])),
    expected,
  );
}
