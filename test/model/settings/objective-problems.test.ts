import { describe } from "node:test";
import { at, checkProblems } from "../../support/problem-cases";
import { service } from "../../support/stack-settings";

const promising = (objectives: object, more: object = {}) => ({
  api: service({ objectives, ...more }),
});
const SHARE = "a percentage from 50% to 99.999%; 100% would leave no room for a single failure";
const BOUNDS =
  "a bound of the histogram: 5ms, 10ms, 25ms, 50ms, 100ms, 250ms, 500ms, 1000ms, 2000ms, 2500ms, 5000ms, 10000ms";

describe("objectives that cannot be kept or measured are refused", () => {
  checkProblems([
    {
      title: "what is possible is not",
      services: promising({ availability: "99.5%", latency: "2s" }),
    },
    ...["100%", "49.9%", "99.9999%", "half"].map((availability) => ({
      title: `an availability of ${availability}`,
      services: promising({ availability }),
      problems: [[at("api", "objectives.availability"), `"${availability}"`, SHARE]] as const,
    })),
    {
      title: "a share of answers in time",
      services: promising({ latency: { within: "2s", share: "100%" } }),
      problems: [[at("api", "objectives.latency.share"), '"100%"', SHARE]],
    },
    {
      title: "a latency that is no bound of the histogram",
      services: promising({ latency: "1500ms" }),
      problems: [
        [at("api", "objectives.latency"), '"1500ms", which is no bucket of its histogram', BOUNDS],
      ],
    },
    {
      title: "which is one of another profile's",
      services: promising({ latency: "1500ms" }, { metricsProfile: "fastapi-instrumentator" }),
    },
    {
      title: "a period longer than samples are kept",
      services: promising({ availability: "99%" }),
      rest: { prometheus: { retention: "15d" } },
      problems: [
        [
          at("api", "objectives.period"),
          '"30d", longer than samples are kept',
          "at most 15d, or a longer whalewatch:prometheus.retention",
        ],
      ],
    },
    {
      title: "a period that the longest window fills",
      services: promising({ availability: "99%", period: "3d" }),
      problems: [[at("api", "objectives.period"), '"3d"', "at least 1w: alerts look back 3 days"]],
    },
    {
      title: "promises about requests that nothing counts",
      services: promising({ availability: "99%" }, { kind: "web" }),
      problems: [
        [
          at("api", "objectives"),
          "promises about requests that nothing counts",
          "metrics with a metricsProfile that has HTTP requests, or no objectives",
        ],
      ],
    },
    {
      title: "a port that cannot be read is one problem, not one of its metrics too",
      services: promising({ availability: "99%" }, { metricsProfile: "whale-model", port: 70_000 }),
      problems: [[at("api", "port"), "70000", "a whole number from 1 to 65535"]],
    },
    {
      title: "a profile of metrics that are not there",
      services: { api: service({ metrics: false, metricsProfile: "process" }) },
      problems: [
        [
          at("api", "metricsProfile"),
          '"process" of a service without metrics',
          "no such setting, or metrics: PATH and port",
        ],
      ],
    },
  ]);
});
