import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { outsideModule } from "../../configs/blackbox-exporter/outside-modules";
import { Duration } from "../../model/units/duration";
import { alertRules, dashboardFiles, panelsOf } from "../support/expressions";
import { renderedFile, Tree } from "../support/rendered";
import { service, stackFrom, type Values } from "../support/stack-settings";

const modulesOf = (probes: Values, rest: Values = {}): Tree =>
  Tree.read(
    renderedFile(
      stackFrom({ probes, ...rest }),
      "blackbox-exporter/etc/blackbox_exporter/config.yml",
    ),
  ).at("modules");
const url = "https://www.example.com/";

test("Prometheus asks each by its own module, at its own pace, and keeps URL and name", () => {
  const stack = stackFrom({
    services: { api: service() },
    probes: {
      site: { url },
      partner: {
        url: "http://203.0.113.7/health",
        expect: { status: [200, 204] },
        every: "30s",
        timeout: "5s",
      },
    },
  });
  const config = Tree.read(renderedFile(stack, "prometheus/etc/prometheus/prometheus.yml"));
  const job = config
    .at("scrape_configs")
    .list.find((candidate) => candidate.at("job_name").text === "outside-probe");
  assert.deepEqual(job?.plain, {
    job_name: "outside-probe",
    metrics_path: "/probe",
    sample_limit: 5000,
    static_configs: [
      {
        targets: [url],
        labels: {
          probe: "site",
          __param_module: "outside_2xx_10s",
          __scrape_interval__: "1m",
          __scrape_timeout__: "11s",
        },
      },
      {
        targets: ["http://203.0.113.7/health"],
        labels: {
          probe: "partner",
          __param_module: "outside_200_204_5s",
          __scrape_interval__: "30s",
          __scrape_timeout__: "6s",
        },
      },
    ],
    relabel_configs: [
      { source_labels: ["__address__"], target_label: "__param_target" },
      { source_labels: ["__param_target"], target_label: "instance" },
      { target_label: "__address__", replacement: "blackbox-exporter:9115" },
    ],
  });
});

test("a module for each kind of answer that is expected, and none that nobody asks for", () => {
  assert.deepEqual(
    modulesOf({
      site: { url },
      other: { url: "http://203.0.113.7/" },
      moved: { url, expect: { status: 301 } },
      fast: { url, timeout: "3s" },
    }).plain,
    Object.fromEntries(
      (
        [
          ["outside_2xx_10s", "10s", {}],
          ["outside_2xx_3s", "3s", {}],
          ["outside_301_10s", "10s", { valid_status_codes: [301] }],
        ] as const
      ).map(([name, timeout, more]) => [
        name,
        {
          prober: "http",
          timeout,
          http: { preferred_ip_protocol: "ip4", follow_redirects: false, ...more },
        },
      ]),
    ),
  );
});

test("services have the module that they had, beside the others", () => {
  const names = (services: Values): string[] =>
    Object.keys(modulesOf({ site: { url } }, { services }).plain as object);
  assert.deepEqual(names({ api: service() }), ["http_2xx", "outside_2xx_10s"]);
  assert.deepEqual(names({}), ["outside_2xx_10s"]);
});

describe("a text is looked for letter by letter, in so much of the answer as fits in memory", () => {
  for (const text of ['"status": "ok"', "v1.2 (a|b) [c] {2,} ^x$ a+b*c? \\d", "größe 🐋 %"]) {
    test(text, () => {
      const expect = { text };
      const name = outsideModule({ timeout: Duration.seconds(10), expect });
      assert.match(name, /^outside_2xx_10s_[0-9a-f]{8}$/);
      const http = modulesOf({ site: { url, expect } }).at(name, "http");
      assert.equal(http.at("body_size_limit").text, "2MB");
      const [pattern = "", ...others] = http
        .at("fail_if_body_not_matches_regexp")
        .list.map((each) => each.text);
      assert.deepEqual(others, []);
      assert.equal(new RegExp(pattern, "u").exec(`before ${text} after`)?.[0], text);
    });
  }
});

test("alerts about single probes are told apart where their settings differ", () => {
  const stack = stackFrom({
    probes: { a: { url }, b: { url }, plain: { url: "http://203.0.113.7/" } },
    alerts: {
      rules: {
        ProbeFailed: { probes: { b: { severity: "warning" } } },
        ProbeCertificateExpiring: { threshold: "20d" },
      },
    },
  });
  assert.deepEqual(
    alertRules(stack)
      .filter(({ alert }) => alert.startsWith("Probe"))
      .map(({ alert, labels, expr }) => [alert, labels.severity, expr.replace(/ and on .*/, "")]),
    [
      ["ProbeFailed", "critical", 'probe_success{job="outside-probe", probe=~"a|plain"} == 0'],
      ["ProbeFailed", "warning", 'probe_success{job="outside-probe", probe="b"} == 0'],
      [
        "ProbeSlow",
        "warning",
        'probe_duration_seconds{job="outside-probe", probe=~"a|b|plain"} > 2',
      ],
      [
        "ProbeCertificateExpiring",
        "warning",
        'probe_ssl_earliest_cert_expiry{job="outside-probe", probe=~"a|b"} - time() < 1728000',
      ],
      [
        "ProbeCertificateNearlyExpired",
        "critical",
        'probe_ssl_earliest_cert_expiry{job="outside-probe", probe=~"a|b"} - time() < 259200',
      ],
    ],
  );
});

describe("dashboards", () => {
  const panels = (probes: Values, file: string): string[] =>
    dashboardFiles(stackFrom({ probes }))
      .filter(([name]) => name === file)
      .flatMap(([, dashboard]) => panelsOf(dashboard).map((panel) => panel.at("title").text));
  const plain = { plain: { url: "http://203.0.113.7/" } };
  const answers = [
    ...["Answers", "Answers as it should", "Time to answer", "Status", "Slowest by part"],
  ];
  test("none without probes", () => {
    assert.deepEqual(panels({}, "outside-probes.json"), []);
    assert.ok(!panels({}, "backend-overview.json").includes("Outside well"));
  });
  test("certificates where there are some", () => {
    assert.deepEqual(panels({ site: { url } }, "outside-probes.json"), [
      ...["Health", "Outside well", "First certificate to end", ...answers],
      ...["Certificates", "Certificates"],
    ]);
    assert.deepEqual(panels(plain, "outside-probes.json"), ["Health", "Outside well", ...answers]);
  });
  test("the first page counts them apart from services and targets", () => {
    assert.deepEqual(panels(plain, "backend-overview.json").slice(0, 4), [
      ...["Health", "Targets up", "Outside well", "Alerts firing"],
    ]);
    const [, overview] = dashboardFiles(stackFrom({ probes: plain, services: { api: service() } }))
      .filter(([name]) => name === "backend-overview.json")
      .flat();
    assert.ok(overview instanceof Tree);
    const [up = ""] = panelsOf(overview)
      .filter((panel) => panel.at("title").text === "Targets up")
      .flatMap((panel) => panel.at("targets").list.map((target) => target.at("expr").text));
    assert.match(up, /^sum\(up\{job!="probe", job!="outside-probe"\}\) \/ \d+$/);
  });
});

test("the `up` of a probe is the prober's, and no target that is down", () => {
  const [down] = alertRules(stackFrom({ probes: { site: { url } } })).filter(
    ({ alert }) => alert === "TargetDown",
  );
  assert.equal(down?.expr, 'up{job!~"outside-probe"} == 0');
});
