import assert from "node:assert/strict";
import { test } from "node:test";
import { findWorkload } from "../../../model/stack";
import type { Workload } from "../../../model/workload";
import { renderedFile, Tree } from "../../support/rendered";
import { stackFrom } from "../../support/stack-settings";

const stackOf = (replicas: number) =>
  stackFrom({ platform: "kubernetes", alertmanager: { replicas } });

function alertmanager(replicas: number): Workload {
  const found = findWorkload(stackOf(replicas), "alertmanager");
  assert.ok(found);
  return found;
}

test("one Alertmanager opens no gossip port", () => {
  const { command, ports } = alertmanager(1);
  assert.deepEqual(
    command?.filter((flag) => flag.startsWith("--cluster")),
    ["--cluster.listen-address="],
  );
  assert.deepEqual(ports, [{ container: 9093 }]);
});

test("several find one another by their name and gossip over TCP and UDP, with nobody else", () => {
  const { command, ports, replicas } = alertmanager(3);
  assert.equal(replicas, 3);
  assert.deepEqual(
    command?.filter((flag) => flag.startsWith("--cluster")),
    ["--cluster.listen-address=0.0.0.0:9094", "--cluster.peer=alertmanager:9094"],
  );
  assert.deepEqual(ports, [
    { container: 9093 },
    { container: 9094, protocol: "tcp", amongReplicas: true },
    { container: 9094, protocol: "udp", amongReplicas: true },
  ]);
});

test("Prometheus tells every Alertmanager and scrapes every one of them", () => {
  const config = Tree.read(renderedFile(stackOf(2), "prometheus/etc/prometheus/prometheus.yml"));
  const lookUp = [{ names: ["alertmanager"], type: "A", port: 9093, refresh_interval: "15s" }];
  assert.deepEqual(config.at("alerting", "alertmanagers").plain, [{ dns_sd_configs: lookUp }]);
  const job = config
    .at("scrape_configs")
    .list.find((candidate) => candidate.at("job_name").plain === "alertmanager");
  assert.deepEqual(job?.at("dns_sd_configs").plain, lookUp);
});
