import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test, type TestContext } from "node:test";
import { criticalAlerts } from "../../../cli/promotion/critical-alerts";
import { UserError } from "../../../cli/user-error";
import { declareStack } from "../../support/declared-stack";

const watched = declareStack({ alertmanager: { publish: 9093 } });
const unwatched = declareStack({ monitoring: { enabled: false } });
const firing = (...names: readonly string[]) =>
  JSON.stringify(names.map((alertname) => ({ labels: { alertname, severity: "critical" } })));

/** Asks Alertmanagers that give these answers; what they were asked, and that the ways are closed. */
async function ask(context: TestContext, answers: readonly string[]) {
  const asked: (string | undefined)[] = [];
  let closed = 0;
  const ways = await Promise.all(
    answers.map(async (answer) => {
      const server = createServer(({ url }, response) => {
        asked.push(url);
        response.end(answer);
      }).listen(0, "127.0.0.1");
      await once(server, "listening");
      context.after(() => server.close());
      return {
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        log: () => Promise.resolve(""),
        close: () => void closed++,
      };
    }),
  );
  const found = await criticalAlerts(watched, { reach: () => Promise.resolve(ways) });
  assert.equal(closed, ways.length);
  return { found, asked };
}

for (const [what, answers, reasons] of [
  ["none fires", [firing()], []],
  ["one fires", [firing("ServiceDown")], ["a critical alert fires in try: ServiceDown."]],
  [
    "several fire, known to one Alertmanager or to both",
    [firing("RedisDown", "ServiceDown"), firing("ServiceDown", "PostgresDown")],
    ["critical alerts fire in try: PostgresDown, RedisDown, ServiceDown."],
  ],
] as const) {
  test(`critical alerts: ${what}`, async (context) => {
    const { found, asked } = await ask(context, answers);
    assert.deepEqual(found, { reasons, warnings: [] });
    // Silenced and inhibited ones are among them unless they are asked away.
    assert.deepEqual(
      asked,
      answers.map(() => "/api/v2/alerts?filter=severity%3D%22critical%22"),
    );
  });
}

test("where nobody watches, that is a warning", async () => {
  const reach = () => Promise.reject(new Error("nobody should be asked"));
  assert.deepEqual(await criticalAlerts(unwatched, { reach }), {
    reasons: [],
    warnings: ["try has no Alertmanager, so nobody can tell whether anything is wrong there."],
  });
});

test("an Alertmanager that cannot be reached is a reason, in one line", async () => {
  const reach = () => Promise.reject(new UserError("alertmanager does not run.\n  Bring it up."));
  assert.deepEqual((await criticalAlerts(watched, { reach })).reasons, [
    "nobody can tell whether a critical alert fires in try: alertmanager does not run. Bring it up.",
  ]);
});
