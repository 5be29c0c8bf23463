import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { problemsOf, rawFrom, type Values } from "../../support/stack-settings";

const store = (changes: Values = {}): Values => ({
  name: "mimir",
  url: "https://mimir.example.com/api/v1/push",
  ...changes,
});
const PLAIN =
  "https, or http to a Service of the same cluster (http://NAME.NAMESPACE.svc) or to localhost";
const URL_ALLOWED = "a URL such as https://mimir.example.com/api/v1/push";
const PATTERN = "a metric's name, with * for any characters, such as node_*";
const HEADER = "secret, with username where it is a password; every other header";
const leaves = (url: string) => `${JSON.stringify(url)}, which leaves without encryption`;

describe("remote write", () => {
  for (const [title, stores, ...problems] of [
    ["none", []],
    ["one", [store()]],
    ["two", [store(), store({ name: "thanos" })]],
    ["a token", [store({ secret: "token" })]],
    ["a password", [store({ secret: "token", username: "12345" })]],
    ["a tenant", [store({ headers: { "X-Scope-OrgID": "whales" } })]],
    [
      "all that a queue has",
      [
        store({
          queue: {
            maxShards: 10,
            capacity: 5000,
            maxSamplesPerSend: 1000,
            batchSendDeadline: "5s",
          },
        }),
      ],
    ],
    ["some metrics", [store({ keep: ["up", "job:*"], drop: ["*_bucket"] })]],
    ["the pod itself", [store({ url: "http://127.0.0.1:9009/api/v1/push" })]],
    ["the pod itself, by name", [store({ url: "http://localhost:9009/api/v1/push" })]],
    ["the cluster's own", [store({ url: "http://mimir.metrics.svc:8080/api/v1/push" })]],
    ["in full", [store({ url: "http://mimir.metrics.svc.cluster.local/api/v1/push" })]],
    [
      "two of one name",
      [store(), store({ url: "https://other.example.com" })],
      ["1.name", '"mimir", the name of remoteWrite.0 too', "a name of its own"],
    ],
    [
      "plain http",
      [store({ url: "http://x.example" })],
      ["0.url", leaves("http://x.example"), PLAIN],
    ],
    [
      "plain http to what only sounds like the cluster",
      [store({ url: "http://svc.example.com" })],
      ["0.url", leaves("http://svc.example.com"), PLAIN],
    ],
    ["no URL", [store({ url: "mimir:9009" })], ["0.url", '"mimir:9009"', URL_ALLOWED]],
    [
      "a password in the URL",
      [store({ url: "https://me:pw@x.example" })],
      ["0.url", '"https://…@x.example"', URL_ALLOWED],
    ],
    [
      "a port that is none",
      [store({ url: "https://x:99999" })],
      ["0.url", '"https://x:99999"', "a URL with a host"],
    ],
    [
      "a secret that is not there",
      [store({ secret: "absent" })],
      [
        "0.secret",
        '"absent", which the stack does not have',
        'a name set with "pulumi config set --secret secrets:absent"',
      ],
    ],
    [
      "a user without a password",
      [store({ username: "me" })],
      ["0.secret", "nothing beside username", "the stack secret that holds its password"],
    ],
    [
      "a login as a header",
      [store({ headers: { Authorization: "Bearer x" } })],
      ["0.headers.Authorization", "a header that Prometheus sets itself", HEADER],
    ],
    [
      "a key as a header",
      [store({ headers: { "X-API-Key": "hunter2" } })],
      [
        "0.headers.X-API-Key",
        "what looks like a secret in plain text",
        "a stack secret named in whalewatch:prometheus.remoteWrite.0.secret",
      ],
    ],
    [
      "a queue smaller than a request",
      [store({ queue: { capacity: 1999 } })],
      [
        "0.queue.capacity",
        "1999, less than one request of 2000",
        "at least maxSamplesPerSend; Prometheus advises 3 to 10 times as many",
      ],
    ],
    ["a pattern with a space", [store({ keep: ["a b"] })], ["0.keep.0", '"a b"', PATTERN]],
    ["a regular expression", [store({ drop: ["a|b"] })], ["0.drop.0", '"a|b"', PATTERN]],
    [
      "an empty choice",
      [store({ keep: [] })],
      ["0.keep", "[]", "a list of at least one metric name"],
    ],
    [
      "too many senders",
      [store({ queue: { maxShards: 201 } })],
      ["0.queue.maxShards", "201", "a whole number from 1 to 200"],
    ],
  ] satisfies (readonly [string, Values[], ...(readonly [string, string, string])[]])[]) {
    test(`${title}: ${problems.length === 0 ? "well" : "refused"}`, () => {
      const values = { platform: "kubernetes", prometheus: { remoteWrite: stores } };
      assert.deepEqual(
        problemsOf(rawFrom(values, ["token"])),
        problems.map(([setting, found, allowed]) => ({
          setting: `whalewatch:prometheus.remoteWrite.${setting}`,
          found,
          allowed,
        })),
      );
    });
  }

  test("on Docker no name of a cluster is near", () => {
    const url = "http://mimir.metrics.svc/api";
    const problems = problemsOf(rawFrom({ prometheus: { remoteWrite: [store({ url })] } }));
    assert.deepEqual(
      problems.map(({ found }) => found),
      [leaves(url)],
    );
  });
});
