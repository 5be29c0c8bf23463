import { describe } from "node:test";
import { checkProblems, type ProblemCase } from "../../support/problem-cases";
import { service, type Values } from "../../support/stack-settings";

const URL_ALLOWED =
  "an http or https URL of a DNS name of at least two parts or an IPv4 address, in lower case and without a login, such as https://www.example.com/health";
const DURATION = "a whole number of s, m, h, d or w such as 15s, 5m or 15d, at least 1s";
const STATUS = "an HTTP status from 200 to 599, or a list of such";
const ONE_STATUS = "a whole number from 200 to 599";
const TEXT = "1 to 200 characters in one line, none of them a control character";
const WITHOUT_SECRET =
  "an address that answers without a secret, such as a health path; or expect.status: 401, which says that it is there";
const url = "https://www.example.com/";

const site = (changes: Values): Values => ({ probes: { site: { url, ...changes } } });
const at = (field: string): string => `whalewatch:probes.site.${field}`;

describe("a probe that may be", () => {
  checkProblems(
    (
      [
        ["a public page", {}],
        ["a port, a path and a query", { url: "http://shop.example.com:8080/a/b?lang=en&page=2" }],
        ["an address", { url: "http://203.0.113.7" }],
        ["a Service of the cluster", { url: "http://metrics.other.svc:9090/-/healthy" }],
        ["a private name with its addresses", { cidr: "10.4.0.0/16" }],
        ["an at-sign after the host", { url: "https://example.com/@team" }],
        ["a status", { expect: { status: 301 } }],
        ["several, and a text", { expect: { status: [200, 401], text: '"status": "ok" (v1.2)' } }],
        ["the shortest times", { every: "5s", timeout: "4s" }],
        ["the longest times", { every: "2m", timeout: "119s" }],
      ] satisfies [string, Values][]
    ).map(([title, changes]): ProblemCase => ({ title, rest: site(changes) })),
  );
});

describe("where a probe may not go", () => {
  checkProblems(
    (
      [
        ["ftp://example.com/a", '"ftp://example.com/a"'],
        ["www.example.com", '"www.example.com"'],
        ["https://api/health", '"https://api/health"'],
        ["https://localhost/", '"https://localhost/"'],
        ["https://[::1]/", '"https://[::1]/"'],
        ["https://300.1.1.1/", '"https://300.1.1.1/"'],
        ["https://example.com/a b", '"https://example.com/a b"'],
        ["https://example.com/#top", '"https://example.com/#top"'],
        // Whoever reads the message in a log must not learn the password.
        ["https://ann:s3cret@example.com/", '"https://…@example.com/"'],
        ["https://token@example.com/", '"https://…@example.com/"'],
        ["postgres://ann:s3cret@db.example.com/", '"postgres://…@db.example.com/"'],
        [5, "5"],
      ] satisfies [unknown, string][]
    ).map(([bad, found]): ProblemCase => ({
      title: `not ${String(bad)}`,
      rest: site({ url: bad }),
      problems: [[at("url"), found, URL_ALLOWED]],
    })),
  );
  checkProblems([
    {
      title: "not the prober itself",
      rest: site({ url: "http://127.0.0.1:9115/metrics" }),
      problems: [
        [
          at("url"),
          '"http://127.0.0.1:9115/metrics", which is the prober itself',
          "a URL that leads outside the stack",
        ],
      ],
    },
    {
      title: "not to a port that there is not",
      rest: site({ url: "http://example.com:99999/" }),
      problems: [[at("url"), '"http://example.com:99999/"', "a URL that leads outside the stack"]],
    },
    {
      title: "nowhere, without a URL",
      rest: { probes: { site: {} } },
      problems: [[at("url"), "nothing", URL_ALLOWED]],
    },
  ]);
});

describe("a secret in a URL is refused and not printed", () => {
  checkProblems(
    [
      "token",
      "api_key",
      "api-key",
      "access_token",
      "X-Amz-Signature",
      "key",
      "sig",
      "password",
    ].map((key): ProblemCase => ({
      title: key,
      rest: site({ url: `https://example.com/health?a=1&${key}=s3cret` }),
      problems: [
        [
          at("url"),
          `what looks like a secret in plain text, the parameter ${JSON.stringify(key)}`,
          WITHOUT_SECRET,
        ],
      ],
    })),
  );
});

describe("what a probe expects and when", () => {
  checkProblems(
    (
      [
        ["no status of HTTP", { expect: { status: 99 } }, ["expect.status", "99", ONE_STATUS]],
        ["an empty list", { expect: { status: [] } }, ["expect.status", "[]", STATUS]],
        ["words", { expect: { status: "ok" } }, ["expect.status", '"ok"', STATUS]],
        ["no text", { expect: { text: "" } }, ["expect.text", '""', TEXT]],
        ["two lines", { expect: { text: "a\nb" } }, ["expect.text", '"a\\nb"', TEXT]],
        ["no time", { every: "soon" }, ["every", '"soon"', DURATION]],
        ["too often", { every: "1s" }, ["every", '"1s"', "from 5s to 2m"]],
        ["too seldom", { every: "1h" }, ["every", '"1h"', "from 5s to 2m"]],
        [
          "an answer that comes after the next question",
          { every: "30s", timeout: "30s" },
          ["timeout", '"30s"', "shorter than every, which is 30s"],
        ],
        [
          "the same, where only the question's time is written",
          { every: "10s" },
          ["every", '"10s"', "longer than timeout, which is 10s"],
        ],
        [
          "giving up before it is slow",
          { timeout: "2s" },
          [
            "timeout",
            '"2s"',
            "longer than 2s, from where on it is slow; or another threshold in whalewatch:alerts.rules.ProbeSlow.probes.site",
          ],
        ],
      ] satisfies [string, Values, [string, string, string]][]
    ).map(([title, changes, [field, found, allowed]]): ProblemCase => ({
      title,
      rest: site(changes),
      problems: [[at(field), found, allowed]],
    })),
  );
  checkProblems([
    {
      title: "giving up early is fine where slow is earlier, or told to nobody",
      rest: {
        probes: { site: { url, timeout: "2s" }, other: { url, timeout: "1s" } },
        alerts: {
          rules: {
            ProbeSlow: {
              probes: { site: { threshold: "500ms" }, other: { off: "it is always slow" } },
            },
          },
        },
      },
    },
  ]);
});

describe("probes beside other settings", () => {
  checkProblems([
    {
      title: "a probe may be called as a service is",
      services: { site: service() },
      rest: site({}),
    },
    {
      title: "without monitoring they wait",
      rest: { ...site({}), monitoring: { enabled: false } },
    },
    {
      title: "without the prober nobody would ask",
      rest: { ...site({}), exporters: { blackbox: { enabled: false } } },
      problems: [
        [
          "whalewatch:exporters.blackbox.enabled",
          "false beside a probe",
          "true, since it is what asks; or no probes",
        ],
      ],
    },
    {
      title: "a team without routes",
      rest: site({ team: "web" }),
      problems: [
        [at("team"), '"web", which has no routes', "a name in alerts.routes.teams; there is none"],
      ],
    },
    {
      title: "changes to an alert for a probe that there is not, and for one of the wrong kind",
      services: { api: service() },
      rest: {
        ...site({}),
        alerts: {
          rules: {
            ProbeFailed: { probes: { cite: { severity: "warning" } } },
            ProbeSlow: { services: { api: { severity: "info" } } },
            ServiceDown: { probes: { site: { severity: "warning" } } },
          },
        },
      },
      problems: [
        [
          "whalewatch:alerts.rules.ServiceDown.probes",
          '{"site":{"severity":"warning"}}',
          "no such setting: this alert is not about single probes",
        ],
        [
          "whalewatch:alerts.rules.ProbeSlow.services",
          '{"api":{"severity":"info"}}',
          "no such setting: this alert is not about single services",
        ],
        [
          "whalewatch:alerts.rules.ProbeFailed.probes.cite",
          '"cite", which is not declared',
          "site",
        ],
      ],
    },
  ]);
});
