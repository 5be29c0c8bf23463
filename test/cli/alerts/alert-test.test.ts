import assert from "node:assert/strict";
import { describe, test, type TestContext } from "node:test";
import { failureReason } from "../../../cli/alerts/failure-reason";
import { notificationCounts } from "../../../cli/alerts/notification-counts";
import { chosenReceivers, testThrough } from "../../../cli/commands/alert-test";
import { demultiplexed, reachContainer } from "../../../cli/docker/reach";
import { reachPods } from "../../../cli/kubernetes/reach";
import { UserError } from "../../../cli/user-error";
import { declareStack } from "../../support/declared-stack";
import { FakeCluster, list } from "../kubernetes/fake-cluster";
import { type Fate, fakeAlertmanager } from "./fake-alertmanager";
import { operated } from "../../support/operator-stack";

const webhook = (name: string) => ({ webhook: { url: `https://${name}.example.com` } });
const stack = declareStack(
  {
    alerts: {
      receivers: { phone: webhook("phone"), chat: webhook("chat") },
      deadMansSwitch: { secret: "heart" },
    },
    alertmanager: { publish: 9093 },
  },
  ["heart"],
);
const LOG = [
  'level=WARN msg="Notify attempt failed" receiver=phone integration=webhook[0] err="old"',
  'level=ERROR msg="Notify for alerts failed" err="phone/webhook[0]: notify retry canceled: Post \\"https://phone.example.com/secret\\": unexpected status code 401"',
].join("\n");

/** Tests through fakes with these fates, one each; gives what was said and the failure, if any. */
async function testWith(
  context: TestContext,
  fates: readonly Readonly<Record<string, Fate>>[],
  log = LOG,
) {
  const fakes = await Promise.all(fates.map((fate) => fakeAlertmanager(context, fate)));
  const closed: string[] = [];
  const ways = fakes.map(({ url }) => ({
    url,
    log: () => Promise.resolve(log),
    close: () => void closed.push(url),
  }));
  const said: string[] = [];
  const reach = () => Promise.resolve(ways);
  const patience = { withinMs: 300, everyMs: 20 };
  const receivers = Object.keys(fates[0] ?? {});
  let failure = "";
  try {
    await testThrough(stack, receivers, { reach }, (line) => said.push(line), patience);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    failure = error.message;
  }
  assert.equal(closed.length, fakes.length, "every way is closed again");
  return { said: said.join("\n"), failure, posted: fakes.map((fake) => fake.posted) };
}

describe("what a test alert comes to", () => {
  test("it arrives: a line for each receiver", async (context) => {
    const { said, failure } = await testWith(context, [{ phone: "arrives", chat: "arrives" }]);
    assert.match(said, /^phone: arrived after \d\.\d s\nchat: arrived after \d\.\d s$/);
    assert.equal(failure, "");
  });

  test("it is refused: the reason without the secret part of a URL, and what to do", async (context) => {
    const { said, failure } = await testWith(context, [{ phone: "refused", chat: "arrives" }]);
    assert.match(
      said,
      /^phone: did not arrive: .*https:\/\/phone\.example\.com\/….*401\n {2}Set its secret anew/,
    );
    assert.match(said, /\nchat: arrived/);
    assert.equal(failure, "1 of 2 receivers did not get the test alert.");
  });

  test("it is tried in vain until the time is over", async (context) => {
    const { said, failure } = await testWith(context, [{ phone: "tried" }]);
    assert.match(said, /^phone: did not arrive: .*401/);
    assert.equal(failure, "1 of 1 receiver did not get the test alert.");
  });

  test("nobody tries it: the configuration is suspected", async (context) => {
    const { said } = await testWith(context, [{ phone: "ignored" }], "");
    assert.match(
      said,
      /^phone: did not arrive: Alertmanager did not try it within 0\.3 s\n {2}Its configuration may be older/,
    );
  });

  test("of two Alertmanagers both get it, and one of them tells", async (context) => {
    const { said, posted } = await testWith(context, [{ phone: "ignored" }, { phone: "arrives" }]);
    assert.match(said, /^phone: arrived/);
    assert.deepEqual(posted[0], posted[1]);
  });

  test("each run is an alert of its own, with the labels that lead to the receiver", async (context) => {
    const { posted } = await testWith(context, [{ phone: "arrives" }]);
    const [alert] = posted[0] ?? [];
    assert.ok(alert);
    const { whalewatch_run: run = "", ...labels } = alert.labels;
    assert.deepEqual(labels, {
      alertname: "WhalewatchTest",
      severity: "warning",
      project: "whalewatch",
      environment: "try",
      whalewatch_test: "phone",
    });
    assert.ok(Date.parse(run) > 0 && Date.parse(alert.endsAt) > Date.parse(alert.startsAt));
  });

  test("a receiver that the running one does not know: run up first", async (context) => {
    const { url } = await fakeAlertmanager(context, { phone: "arrives" });
    const reach = () =>
      Promise.resolve([{ url, log: () => Promise.resolve(""), close: () => undefined }]);
    await assert.rejects(
      testThrough(stack, ["phone", "chat"], { reach }, () => undefined),
      /does not know chat yet: run up --stack try first/,
    );
  });

  test("no answer: said so, with the address", async () => {
    const url = "http://127.0.0.1:1";
    const reach = () =>
      Promise.resolve([{ url, log: () => Promise.resolve(""), close: () => undefined }]);
    await assert.rejects(
      testThrough(stack, ["phone"], { reach }, () => undefined),
      /Alertmanager does not answer at http:\/\/127\.0\.0\.1:1: connect ECONNREFUSED/,
    );
  });
});

describe("which receivers are tested", () => {
  test("each, the heartbeat's too", () => {
    assert.deepEqual(chosenReceivers(stack), ["phone", "chat", "dead-mans-switch"]);
  });
  test("none where the cluster's own Alertmanager tells people", () => {
    const bot = { webhook: { url: "https://bot.example.com" } };
    assert.throws(
      () => chosenReceivers(operated({ alerts: { receivers: { bot } } })),
      /With prometheus\.mode: operator the cluster's own Alertmanager tells people/,
    );
  });
  test("one by its name", () => {
    assert.deepEqual(chosenReceivers(stack, "chat"), ["chat"]);
  });
  test("an unknown one is refused with those that there are", () => {
    assert.throws(
      () => chosenReceivers(stack, "fone"),
      /no receiver fone\. There are: phone, chat, dead-mans-switch/,
    );
  });
  test("none: where to declare one", () => {
    assert.throws(() => chosenReceivers(declareStack({})), /Pulumi\.try\.yaml has no receivers/);
  });
});

test("counts are of one receiver, over all its channels and reasons", () => {
  const exposition = [
    "# TYPE alertmanager_notification_requests_total counter",
    'alertmanager_notification_requests_total{integration="slack",receiver_name="chat"} 3',
    'alertmanager_notification_requests_total{integration="email",receiver_name="chat"} 2',
    'alertmanager_notification_requests_total{integration="slack",receiver_name="chats"} 9',
    'alertmanager_notifications_failed_total{integration="slack",reason="clientError",receiver_name="chat"} 1',
    'alertmanager_notifications_failed_total{integration="slack",reason="other",receiver_name="chat"} 1',
  ].join("\n");
  assert.deepEqual(notificationCounts(exposition, "chat"), {
    requests: 5,
    failedRequests: 0,
    givenUp: 2,
  });
});

describe("what to do about a failure", () => {
  for (const [err, remedy] of [
    ["unexpected status code 403: invalid_token", /secret anew/],
    ["dial tcp: lookup hooks.slack.com: no such host", /cannot be reached/],
    ["unexpected status code 404: no_service", /not there/],
    ["telegram: chat not found (400)", /not there/],
    ["open /run/secrets/token: no such file or directory", /run up/],
    ["unexpected status code 503", /trouble of its own/],
    ["something else", /settings, and Alertmanager's log/],
  ] as const) {
    test(err, () => {
      const found = failureReason(`x receiver=chat err="${err}"`, "chat");
      assert.equal(found?.reason, err);
      assert.match(found.remedy, remedy);
    });
  }
  test("another receiver's complaint is not this one's", () => {
    assert.equal(failureReason('x receiver=chats err="no"', "chat"), undefined);
  });
});

describe("the way to Alertmanager", () => {
  const container = {
    Id: "1",
    Names: ["/am"],
    State: "running",
    Status: "Up",
    Labels: { "whalewatch.workload": "alertmanager" },
    Ports: [],
  };
  const engine = (containers: (typeof container)[]) => ({
    listContainers: () => Promise.resolve(containers),
    getContainer: () => ({
      logs: () => Promise.resolve(Buffer.from([1, 0, 0, 0, 0, 0, 0, 2, 0x6f, 0x6b])),
    }),
  });
  test("on Docker: the published port, and the log without the engine's headers", async () => {
    const [way] = await reachContainer(engine([container]), stack, "alertmanager", 9093);
    assert.equal(way?.url, "http://127.0.0.1:9093");
    assert.equal(await way.log(new Date()), "ok");
    assert.equal(demultiplexed(Buffer.alloc(0)), "");
  });
  test("on Docker, not running or not published: what to do", async () => {
    await assert.rejects(reachContainer(engine([]), stack, "alertmanager", 9093), /does not run/);
    await assert.rejects(
      reachContainer(engine([container]), declareStack({}), "alertmanager", 9093),
      /set whalewatch:alertmanager\.publish in Pulumi\.try\.yaml/,
    );
  });
  test("on Kubernetes without a ready pod: what to do", async () => {
    const api = new FakeCluster({ "/api/v1/namespaces/monitoring/pods": list() });
    await assert.rejects(
      reachPods(api, stack, ["monitoring"], { workload: "alertmanager", port: 9093 }),
      /No pod of alertmanager is ready/,
    );
  });
});
