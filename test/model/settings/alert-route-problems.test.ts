import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { problemsOf, rawFrom, service, type Values } from "../../support/stack-settings";

const receivers = {
  phone: { telegram: { chatId: 1, secret: "token" } },
  chat: { slack: { secret: "hook" } },
};
const TIMES = "a span of the day such as 22:00-07:00, from 00:00 to 24:00";
const ZONE = "a time zone such as Europe/Berlin, written as the IANA database does";
const REPEAT =
  "from groupInterval, which is 5m, to 5d, for which Alertmanager remembers what it told";
const DURATION = "a whole number of s, m, h, d or w such as 15s, 5m or 15d, at least 1s";
const teams = { vision: { critical: ["phone"] } };
const ofVision: Values = { services: { api: service({ team: "vision" }) } };

type Case = readonly [
  title: string,
  alerts: Values,
  rest: Values,
  ...problems: (readonly [setting: string, found: string, allowed: string])[],
];

describe("routes and mute times", () => {
  for (const [title, alerts, rest, ...problems] of [
    ["nothing", {}, {}],
    ["routes by severity", { routes: { default: ["chat"], critical: ["phone", "chat"] } }, {}],
    ["nobody for warnings", { routes: { warning: [], info: [] } }, {}],
    ["a team", { routes: { teams } }, ofVision],
    [
      "times",
      {
        routes: {
          groupWait: "10s",
          groupInterval: "1m",
          repeatInterval: { critical: "1m", warning: "5d" },
        },
      },
      {},
    ],
    ["nights", { mute: { nights: { times: ["22:00-07:00"], location: "Europe/Berlin" } } }, {}],
    ["the end of a day", { mute: { evening: { times: ["18:00-24:00"] } } }, {}],
    [
      "weekends of one team",
      {
        routes: { teams },
        mute: {
          weekend: {
            weekdays: ["saturday", "sunday"],
            teams: ["vision"],
            severities: ["critical"],
          },
        },
      },
      ofVision,
    ],
    ["a heartbeat", { deadMansSwitch: { secret: "hook", every: "1m" } }, {}],

    [
      "an unknown receiver",
      { routes: { critical: ["fone"] } },
      {},
      ["alerts.routes.critical", '"fone", which is no receiver', "phone, chat"],
    ],
    [
      "an unknown receiver of a team",
      { routes: { teams: { vision: { default: ["fone"] } } } },
      ofVision,
      ["alerts.routes.teams.vision.default", '"fone", which is no receiver', "phone, chat"],
    ],
    [
      "a receiver twice",
      { routes: { default: ["chat", "phone", "chat"] } },
      {},
      ["alerts.routes.default", '"chat" twice', "each receiver once"],
    ],
    [
      "nobody for critical alerts",
      { routes: { critical: [] } },
      {},
      ["alerts.routes.critical", "[]", "a list of at least one receiver"],
    ],
    [
      "one receiver that is no list",
      { routes: { default: "phone" } },
      {},
      ["alerts.routes.default", '"phone"', "a list of receivers"],
    ],
    [
      "a severity that nobody is told of",
      { routes: { none: ["phone"] } },
      {},
      [
        "alerts.routes.none",
        "an unknown setting",
        "default, critical, warning, info, teams, groupWait, groupInterval, repeatInterval",
      ],
    ],
    [
      "a team that no service and no probe has",
      { routes: { teams: { sound: {} } } },
      {},
      [
        "alerts.routes.teams.sound",
        "a team that no service and no probe has",
        "a team that services name: services.NAME.team: sound",
      ],
    ],
    [
      "a service of a team without routes",
      { routes: { teams } },
      { services: { a: service({ team: "vision" }), b: service({ team: "vison" }) } },
      ["services.b.team", '"vison", which has no routes', "vision"],
    ],
    [
      "a service of a team where no team has routes",
      {},
      ofVision,
      [
        "services.api.team",
        '"vision", which has no routes',
        "a name in alerts.routes.teams; there is none",
      ],
    ],
    [
      "times of a team without routes",
      { mute: { nights: { times: ["22:00-07:00"], teams: ["sound"] } } },
      {},
      [
        "alerts.mute.nights.teams",
        '"sound", which has no routes',
        "a name in alerts.routes.teams; there is none",
      ],
    ],
    [
      "told again before the group may be",
      { routes: { repeatInterval: { critical: "4m" } } },
      {},
      ["alerts.routes.repeatInterval.critical", '"4m"', REPEAT],
    ],
    [
      "told again after it is forgotten",
      { routes: { repeatInterval: { info: "6d" } } },
      {},
      ["alerts.routes.repeatInterval.info", '"6d"', REPEAT],
    ],
    [
      "a time that is none",
      { routes: { groupWait: "soon" } },
      {},
      ["alerts.routes.groupWait", '"soon"', DURATION],
    ],
    [
      "an hour that is none",
      { mute: { nights: { times: ["22:00-25:00"] } } },
      {},
      ["alerts.mute.nights.times.0", '"22:00-25:00"', TIMES],
    ],
    [
      "hours without minutes",
      { mute: { nights: { times: ["22-7"] } } },
      {},
      ["alerts.mute.nights.times.0", '"22-7"', TIMES],
    ],
    [
      "no time at all",
      { mute: { nights: { times: ["22:00-22:00"] } } },
      {},
      ["alerts.mute.nights.times.0", '"22:00-22:00"', "a span of the day that is not empty"],
    ],
    [
      "a day that is none",
      { mute: { nights: { weekdays: ["caturday"] } } },
      {},
      [
        "alerts.mute.nights.weekdays.0",
        '"caturday"',
        "monday, tuesday, wednesday, thursday, friday, saturday, sunday",
      ],
    ],
    [
      "a place that is none",
      { mute: { nights: { times: ["22:00-07:00"], location: "Atlantis/Deep" } } },
      {},
      ["alerts.mute.nights.location", '"Atlantis/Deep"', ZONE],
    ],
    [
      "a place in another spelling",
      { mute: { nights: { times: ["22:00-07:00"], location: "europe/berlin" } } },
      {},
      ["alerts.mute.nights.location", '"europe/berlin"', ZONE],
    ],
    [
      "a difference instead of a place",
      { mute: { nights: { times: ["22:00-07:00"], location: "+02:00" } } },
      {},
      ["alerts.mute.nights.location", '"+02:00"', ZONE],
    ],
    [
      "all of the time",
      { mute: { forever: { severities: ["info"] } } },
      {},
      ["alerts.mute.forever", "all of the time", "at least one of times, weekdays, months"],
    ],
    [
      "a severity that is none",
      { mute: { nights: { months: ["may"], severities: ["page"] } } },
      {},
      ["alerts.mute.nights.severities.0", '"page"', "critical, warning, info"],
    ],
    [
      "a heartbeat without its URL",
      { deadMansSwitch: { every: "1m" } },
      {},
      ["alerts.deadMansSwitch.secret", "nothing", "the name of a secret"],
    ],
    [
      "a heartbeat whose URL is not set",
      { deadMansSwitch: { secret: "gone" } },
      {},
      [
        "alerts.deadMansSwitch.secret",
        '"gone", which the stack does not have',
        'a name set with "pulumi config set --secret secrets:gone"',
      ],
    ],
    [
      "a heart that races",
      { deadMansSwitch: { secret: "hook", every: "5s" } },
      {},
      ["alerts.deadMansSwitch.every", '"5s"', "from 30s to 1h"],
    ],
    [
      "a heart that sleeps",
      { deadMansSwitch: { secret: "hook", every: "1d" } },
      {},
      ["alerts.deadMansSwitch.every", '"1d"', "from 30s to 1h"],
    ],
  ] satisfies Case[]) {
    test(`${title}: ${problems.length === 0 ? "well" : "refused"}`, () => {
      const values = { alerts: { receivers, ...alerts }, ...rest };
      assert.deepEqual(
        problemsOf(rawFrom(values, ["token", "hook"])),
        problems.map(([setting, found, allowed]) => ({
          setting: `whalewatch:${setting}`,
          found,
          allowed,
        })),
      );
    });
  }

  test("a receiver that cannot be read is not reported as unknown in a route too", () => {
    const broken = { phone: { telegram: { chatId: "x", secret: "token" } } };
    const alerts = { receivers: broken, routes: { default: ["phone"] } };
    assert.deepEqual(
      problemsOf(rawFrom({ alerts }, ["token"])).map(({ setting }) => setting),
      ["whalewatch:alerts.receivers.phone.telegram.chatId"],
    );
  });
});
