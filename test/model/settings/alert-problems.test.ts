import { describe } from "node:test";
import { ALERT_DEFINITIONS } from "../../../model/alerts/catalog";
import { service } from "../../support/stack-settings";
import { checkProblems, type ProblemCase } from "../../support/problem-cases";

const at = (path: string): string => `whalewatch:alerts.rules.${path}`;
const LISTED = `${ALERT_DEFINITIONS.size} names, which stack.schema.json has`;
const RANGE = "from 10% to 99%; default 90%";

/** A stack with Redis that changes alerts. */
const changing = (rules: object, ...problems: NonNullable<ProblemCase["problems"]>) => ({
  services: { api: service({ needs: ["redis"] }) },
  rest: { redis: {}, alerts: { rules } },
  problems,
});

describe("changes to alerts", () => {
  checkProblems([
    {
      title: "all that may be written",
      ...changing({
        RedisMemoryHigh: { threshold: "75 %", for: "10m", severity: "info" },
        RedisEvicting: { threshold: 5, off: "a cache that may forget" },
      }),
    },
    {
      title: "the bounds are allowed",
      ...changing({ RedisMemoryHigh: { threshold: "10%" }, RedisEvicting: { threshold: 0 } }),
    },
    {
      title: "below and above the bounds",
      ...changing(
        { RedisMemoryHigh: { threshold: "9%" }, RedisConnectionsHigh: { threshold: "101%" } },
        [at("RedisMemoryHigh.threshold"), '"9%"', RANGE],
        [at("RedisConnectionsHigh.threshold"), '"101%"', "from 10% to 100%; default 80%"],
      ),
    },
    {
      title: "another unit",
      ...changing({ RedisMemoryHigh: { threshold: "5m" } }, [
        at("RedisMemoryHigh.threshold"),
        '"5m"',
        RANGE,
      ]),
    },
    {
      title: "an alert that there is not is answered with the one that was meant",
      ...changing({ RedisMemoryHi: {} }, [
        at("RedisMemoryHi"),
        "an unknown setting",
        `did you mean "RedisMemoryHigh"? Known: ${LISTED}`,
      ]),
    },
    {
      title: "an alert like no other is answered with where they stand",
      ...changing({ Xyzzy: {} }, [at("Xyzzy"), "an unknown setting", LISTED]),
    },
    {
      title:
        "a threshold where there is none, a wait where there is none, services where there are none",
      ...changing(
        {
          RedisDown: { threshold: "1%" },
          RedisConnectionsRejected: { for: "5m" },
          RedisEvicting: { services: { api: {} } },
        },
        [at("RedisDown.threshold"), '"1%"', "no such setting: this alert has no threshold"],
        [
          at("RedisEvicting.services"),
          '{"api":{}}',
          "no such setting: this alert is not about single services",
        ],
        [at("RedisConnectionsRejected.for"), '"5m"', "no such setting: this alert fires at once"],
      ),
    },
    {
      title: "switching off without a reason",
      ...changing(
        { RedisDown: { off: true }, RedisEvicting: { off: "" } },
        [at("RedisDown.off"), "true", "the reason, in a few words, for whoever misses the alert"],
        [at("RedisEvicting.off"), '""', "the reason, in a few words, for whoever misses the alert"],
      ),
    },
    {
      title: "a severity of one's own",
      ...changing({ RedisDown: { severity: "fatal" } }, [
        at("RedisDown.severity"),
        '"fatal"',
        "critical, warning or info",
      ]),
    },
    {
      title: "runbooks elsewhere",
      rest: {
        redis: {},
        alerts: { runbookUrl: "docs/runbooks" },
        grafana: { url: "grafana.example.com/" },
      },
      problems: [
        [
          "whalewatch:alerts.runbookUrl",
          '"docs/runbooks"',
          "a URL of a folder, such as https://git.example.com/infra/docs/runbooks",
        ],
        [
          "whalewatch:grafana.url",
          '"grafana.example.com/"',
          "a URL without a slash at its end, such as https://grafana.example.com",
        ],
      ],
    },
  ]);
});
