import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, test } from "node:test";
import { prometheusNames } from "../../../model/workloads/prometheus";
import { isMap, isSeq, parseDocument } from "yaml";
import { shardView } from "../../../model/shard-view";
import type { Stack } from "../../../model/stack";
import { alertRules } from "../../support/expressions";
import { mountsOf, Tree } from "../../support/rendered";
import { sharded } from "../../support/sharded";
import { testWithTool } from "../../support/tools";

const stack = sharded(3, {}, { replicas: 2 });
const names = prometheusNames(stack.settings.prometheus);

/** The provisioned texts of one Prometheus, by file. */
function filesOf(of: Stack, name: string): ReadonlyMap<string, string> {
  const config = mountsOf(of, name).find((mount) => mount.name === "config");
  assert.ok(config, `${name} has no configuration`);
  return new Map(
    Object.entries(config.files).map(([file, text]) => {
      assert.ok(typeof text === "string");
      return [file, text];
    }),
  );
}

const configOf = (of: Stack, name: string): Tree =>
  Tree.read(filesOf(of, name).get("prometheus.yml") ?? "");

/** What a configuration scrapes: `job target`, or `job name` for what is looked up. */
function scraped(config: Tree): string[] {
  return config.at("scrape_configs").list.flatMap((job) => {
    const name = job.at("job_name").text;
    const listed = job.at("static_configs").list.flatMap((group) => group.at("targets").list);
    const looked = job.at("dns_sd_configs").list.flatMap((group) => group.at("names").list);
    return [...listed, ...looked].map((target) => `${name} ${target.text}`);
  });
}

for (let shards = 2; shards <= 5; shards += 1) {
  test(`${shards} shards scrape together what one would, each of it once`, () => {
    const many = sharded(shards);
    const all = prometheusNames(many.settings.prometheus).flatMap((name) =>
      scraped(configOf(many, name)),
    );
    const own = (target: string) => target.startsWith("prometheus ");
    const one = scraped(configOf(sharded(1), "prometheus")).filter((target) => !own(target));
    assert.deepEqual(all.filter((target) => !own(target)).toSorted(), one.toSorted());
    assert.deepEqual(
      all.filter(own).toSorted(),
      Array.from({ length: shards }, (_, shard) => `prometheus prometheus-shard-${shard}:9090`),
    );
  });
}

test("series and alerts say which shard they are from; of a pair, alerts lose the replica alone", () => {
  names.forEach((name, shard) => {
    const config = configOf(stack, name);
    assert.deepEqual(config.at("global", "external_labels").plain, {
      project: "whalewatch",
      environment: "test",
      shard: String(shard),
      replica: "${REPLICA}",
    });
    assert.deepEqual(config.at("alerting", "alert_relabel_configs").plain, [
      { action: "labeldrop", regex: "replica" },
    ]);
    assert.ok(config.at("alerting", "alertmanagers").list.length > 0, "every shard alerts");
    assert.equal(config.at("remote_write").list.length, 1);
  });
});

describe("rules are evaluated where their series are", () => {
  for (const [shard, name] of names.entries()) {
    test(`${name}: no rule names a job or a service of another shard`, () => {
      const view = shardView(stack, shard);
      const jobs = new Set([...view.targets.map(({ job }) => job), "probe"]);
      const services = new Set(view.targets.map(({ workload }) => workload));
      for (const { alert, expr } of alertRules(view)) {
        for (const [, job = ""] of expr.matchAll(/\bjob="([^"]+)"/g)) {
          assert.ok(jobs.has(job), `${alert}: ${expr}`);
        }
        for (const [, some = ""] of expr.matchAll(/\bservice=~?"([^"]+)"/g)) {
          for (const one of some.split("|")) assert.ok(services.has(one), `${alert}: ${expr}`);
        }
      }
    });
  }

  test("each alert of the one Prometheus is on some shard, about the same", () => {
    const told = (of: Stack): string[] =>
      alertRules(of).map(({ alert, labels }) => `${alert} ${labels["service"] ?? ""}`);
    const all = names.flatMap((_, shard) => told(shardView(stack, shard)));
    const one = told(sharded(1)).filter((alert) => !alert.includes("prometheus"));
    assert.deepEqual(
      one.filter((alert) => !all.includes(alert)),
      [],
    );
  });

  test("a service that is down is told of once, by the shard that scrapes it", () => {
    const down = names.flatMap((_, shard) =>
      alertRules(shardView(stack, shard)).flatMap(({ alert, expr }) =>
        alert === "ServiceDown" ? [/job="([^"]+)"/.exec(expr)?.[1]] : [],
      ),
    );
    assert.deepEqual(down.toSorted(), ["beluga", "narwhal", "orca"]);
  });

  test("every shard sends a heartbeat of its own", () => {
    for (const shard of names.keys()) {
      assert.ok(alertRules(shardView(stack, shard)).some(({ alert }) => alert === "Watchdog"));
    }
  });
});

testWithTool("promtool", "promtool accepts every shard's configuration and rules", (promtool) => {
  for (const name of names) {
    const folder = mkdtempSync(path.join(tmpdir(), "whalewatch-shard-"));
    try {
      for (const [file, text] of filesOf(stack, name)) {
        // Debian's promtool may be older than this setting, which came with Prometheus 3.
        writeFileSync(
          path.join(folder, file),
          withoutKubernetes(text).replace(/^ *fallback_scrape_protocol:.*\n/gm, ""),
        );
      }
      const checked = execFileSync(promtool, ["check", "config", `${folder}/prometheus.yml`], {
        encoding: "utf8",
      });
      assert.match(checked, /SUCCESS/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
});

/** Debian builds Prometheus without discovery in Kubernetes; a live test has one with it. */
function withoutKubernetes(text: string): string {
  const document = parseDocument(text);
  const jobs = document.get("scrape_configs");
  if (!isSeq(jobs)) return text;
  jobs.items = jobs.items.filter((job) => !isMap(job) || !job.has("kubernetes_sd_configs"));
  return document.toString();
}
