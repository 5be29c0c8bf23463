import assert from "node:assert/strict";
import { test } from "node:test";
import { describeProblems } from "../../../model/settings/problem";
import { problemsOf, rawFromYaml } from "../../support/stack-settings";

const LIMITS = "limits: { memory: 64Mi, cpu: 0.1 }";
/** One stack file with every mistake that its author is told of. */
const WORST = `
config:
  whalewatch:host: { memory: 1Gi }
  whalewatch:telegramToken: { secure: AAAA }
  whalewatch:postgress: {}
  whalewatch:services:
    Upper: { image: "a:1", port: 80, ${LIMITS} }
    redis: { image: "a:1", port: 80, ${LIMITS} }
    misspelt: { image: "a:1", port: 80, replica: 2, ${LIMITS} }
    unit: { image: "a:1", port: 80, limits: { memory: 512M, cpu: 0.1 } }
    untagged: { image: a, port: 80, ${LIMITS} }
    latest: { image: "a:latest", port: 80, ${LIMITS} }
    first: { image: "a:1", port: 80, publish: 8001, ${LIMITS} }
    second: { image: "a:1", port: 80, publish: { port: 8001, address: 0.0.0.0 }, ${LIMITS} }
    grafana-port: { image: "a:1", port: 80, publish: 3001, ${LIMITS} }
    needy: { image: "a:1", port: 80, needs: [postgres, unit], ${LIMITS} }
    chicken: { image: "a:1", port: 80, needs: [egg], ${LIMITS} }
    egg: { image: "a:1", port: 80, needs: [chicken], ${LIMITS} }
    far: { image: "a:1", port: 65536, ${LIMITS} }
    portless: { image: "a:1", ${LIMITS} }
    wide: { image: "a:1", port: 80, replicas: 2, publish: 8002, ${LIMITS} }
    open: { image: "a:1", port: 80, env: { API_KEY: hunter2 }, secrets: [absent], ${LIMITS} }
    root: { image: "a:1", port: 80, user: "0:0", ${LIMITS} }
    disks:
      image: "a:1"
      port: 80
      ${LIMITS}
      volumes: { a: { path: /data, storage: 1Gi }, b: { path: /data/b, storage: 1Gi } }
  whalewatch:prometheus: { enabled: false }
  whalewatch:grafana: { publish: 3001 }
  secrets:empty: { secure: "" }
  secrets:plain: hunter2
`;

test("one run reports every mistake of a stack file, each once, and shows no secret", () => {
  const problems = problemsOf(rawFromYaml(WORST));
  const service = (name: string): string => `whalewatch:services.${name}`;
  assert.deepEqual(problems.map(({ setting }) => setting).sort(), [
    "secrets:empty",
    "secrets:plain",
    "whalewatch:grafana.publish",
    "whalewatch:postgress",
    "whalewatch:prometheus.enabled",
    service("Upper"),
    service("chicken.needs"),
    service("disks.volumes.b.path"),
    service("far.port"),
    service("latest.image"),
    service("misspelt.replica"),
    service("needy.needs"),
    service("open.env.API_KEY"),
    service("open.secrets"),
    service("portless.port"),
    service("redis"),
    service("root.user"),
    service("second.publish"),
    service("unit.limits.memory"),
    service("untagged.image"),
    service("wide.replicas"),
    "whalewatch:telegramToken",
  ]);
  assert.doesNotMatch(JSON.stringify(problems), /hunter2|AAAA/);
});

test("the budget is checked beside other mistakes", () => {
  const raw = rawFromYaml(WORST.replace(", needs: [chicken]", ""));
  const budget = problemsOf(raw).filter(({ setting }) => setting === "whalewatch:host.memory");
  assert.equal(budget.length, 1);
  assert.match(budget[0]?.found ?? "", /^limits of \d+ MiB together \(.+\) on a host of 1024 MiB$/);
});

test("problems are told in one message: the file, how many, and a line for each", () => {
  const one = { setting: "whalewatch:host", found: "1", allowed: "a mapping with memory" };
  assert.equal(
    describeProblems("dev", [one]),
    "Pulumi.dev.yaml has 1 problem; nothing was created.\n  whalewatch:host: found 1; allowed: a mapping with memory",
  );
  assert.match(describeProblems("dev", [one, one]), /^Pulumi\.dev\.yaml has 2 problems; /);
});
