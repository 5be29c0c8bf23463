import assert from "node:assert/strict";
import { test } from "node:test";
import { passwordCanary } from "../../cli/engine/canaries";
import { randomWords, secretFormat } from "../../policies/secret-formats";

const A = (count: number) => "a1B2c3D4".repeat(20).slice(0, count);
/** Put together here, so that no scanner takes the tests for a leak. */
const put = (...parts: readonly string[]) => parts.join("");

for (const [what, text] of [
  ["a private key", put("-----BEGIN ", "OPENSSH PRIVATE KEY-----")],
  ["an AWS access key", put("AKIA", "ABCDEFGHIJ234567")],
  ["a Google API key", put("AIza", A(35))],
  ["a GitHub token", put("github", "_pat_", A(30))],
  ["a GitLab token", put("glpat", "-", A(20))],
  ["a Slack token", put("xoxb", "-12345678901-", A(12))],
  ["a Slack webhook", put("https://hooks.slack", ".com/services/", A(40))],
  ["a Discord webhook", put("https://discord", ".com/api/webhooks/123456789012345678/", A(40))],
  ["a Telegram bot's token", put("123456789:", "A", A(34))],
  ["an npm token", put("npm", "_", A(36))],
  ["a PyPI token", put("pypi-", "AgEIcHlwaS5vcmc", A(60))],
  ["an OpenAI key", put("sk-proj-", A(24), "T3BlbkFJ", A(24))],
  ["an Anthropic key", put("sk-ant", "-api03-", A(40))],
  ["a Hugging Face token", put("hf", "_", "abcdefghijklmnopqrstuvwxyzABCDEFGH")],
  ["a Stripe key", put("sk", "_live_", A(24))],
  ["a SendGrid key", put("SG.", A(22), ".", A(43))],
  ["a Grafana token", put("glsa", "_", A(32))],
  ["a Pulumi token", put("pul-", "0123456789".repeat(4))],
  ["a JSON Web Token", put("eyJ", A(20), ".eyJ", A(20), ".", A(20))],
  ["a URL with a password", "redis://:hunter2@redis:6379"],
] as const) {
  test(`${what} is recognised inside other text`, () => {
    assert.equal(secretFormat(`key: "${text}" # ours`), what);
  });
}

for (const text of [
  "",
  "http://prometheus:9090/-/ready",
  "https://grafana.example.com/d/alerts?from=now-1h@",
  "postgres://app:$(PASSWORD)@db",
  'sum by (job) (rate(http_requests_total{code=~"5.."}[5m]))',
  "2026-11-27T00:00:00Z",
  "image@sha256:0123456789abcdef",
]) {
  test(`no secret is seen in ${JSON.stringify(text)}`, () => {
    assert.equal(secretFormat(text), undefined);
    assert.deepEqual(randomWords(text), []);
  });
}

test("generated passwords look random, save the one in 250 that has no digit", () => {
  const words = Array.from({ length: 1000 }, (_, index) => passwordCanary(`urn:${index}`, 32));
  const missed = words.filter((word) => randomWords(word).length === 0);
  assert.ok(missed.length < 10, `${missed.length} of 1000`);
  assert.ok(missed.every((word) => !/\d/.test(word)));
  const word = words.find((each) => !missed.includes(each)) ?? "";
  assert.deepEqual(randomWords(`prefix ${word} suffix`), [word]);
});

for (const word of [
  "efficientnet-v1-container",
  "/etc/grafana/provisioning/Dashboards2",
  "whalewatch.prod.efficientnet-v1.data",
  "THIS_IS_A_VERY_LONG_CONSTANT_NAME_2",
  "aaaaaaaaaaaaaaaaaaaaaaaaaaAA11",
  "com.docker.network.bridge.enable_icc",
  "MyCompany-Prod-Models-2024",
  "Team/Fraud_Detection-2026/Xgboost",
]) {
  test(`${word} does not look random`, () => {
    assert.deepEqual(randomWords(word), []);
  });
}
