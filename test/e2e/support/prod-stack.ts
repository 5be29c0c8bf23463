import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { type Document, parseDocument } from "yaml";
import { z } from "zod";
import type { Plan } from "../../../cli/plan/plan";
import { KUBELET_JOBS } from "../../../model/workloads/kubelet";
import { allReady, CLUSTER_STACK, inPod, kubectl, type Pod, tier } from "./cluster";
import { type Ended, eventually, run, succeeds, whalewatch } from "./command";

const FILE = `Pulumi.${CLUSTER_STACK}.yaml`;
/** The namespaces that a stack may have, without its name. */
export const TIERS = ["services", "stores", "monitoring", "host"];
/**
 * What the lab has in place of an image: no Grafana, whose stand-in checks the wiring; Debian's
 * Prometheus knows no Kubernetes; services are built here.
 */
export const LAB_IMAGES: Readonly<Record<string, string>> = {
  "grafana/grafana:12.4.3": "grafana/grafana:12.4.3-standin",
  "prom/prometheus:v3.5.3": "prom/prometheus:v3.5.3-kubernetes",
  "registry.example.com/whalewatch/model-api:1.0.0": "whalewatch/model-api:1.0.0",
};

const targets = z.object({
  data: z.object({
    activeTargets: z.array(
      z.object({ labels: z.record(z.string(), z.string()), health: z.string() }),
    ),
  }),
});

/** Prod's stack file in the lab's cluster, for changes by path, and what is planned from it. */
export class ProdStack {
  private readonly document: Document = parseDocument(readFileSync("Pulumi.prod.yaml", "utf8"));
  private planned: Plan | undefined;

  /** Writes the stack file, plans it and makes the Pulumi stack. */
  async prepare(): Promise<void> {
    this.document.setIn(["config", "whalewatch:kubernetes", "context"], "whalewatch");
    // The lab has no controller that would give a route an address, for which an update waits.
    this.set(["whalewatch:kubernetes", "route", "annotations"], {
      "pulumi.com/skipAwait": "true",
    });
    this.set(["whalewatch:grafana", "image"], LAB_IMAGES["grafana/grafana:12.4.3"]);
    this.set(["whalewatch:prometheus", "image"], LAB_IMAGES["prom/prometheus:v3.5.3"]);
    for (const service of ["efficientnet-v1", "efficientnet-v2", "resnet-v1"]) {
      this.set(["whalewatch:services", service, "image"], "whalewatch/model-api:1.0.0");
    }
    const text = await succeeds(whalewatch(["plan", "--stack", CLUSTER_STACK, "--json"]));
    this.planned = JSON.parse(text) as Plan;
    await succeeds(run("pulumi", ["stack", "select", "--create", CLUSTER_STACK]));
  }

  /** Changes a value below `config` and writes the file. */
  set(path: readonly string[], value: unknown): void {
    this.document.setIn(["config", ...path], value);
    writeFileSync(FILE, this.document.toString());
  }

  get plan(): Plan {
    assert.ok(this.planned, "prepare the stack first");
    return this.planned;
  }

  /** How many pods each workload that runs all the time has. */
  get replicas(): ReadonlyMap<string, number> {
    return new Map(
      this.plan.workloads
        .filter(({ schedule }) => schedule === null)
        .map(({ name, replicas }) => [name, replicas]),
    );
  }

  pulumi(...args: readonly string[]): Promise<Ended> {
    return run("pulumi", [...args, "--stack", CLUSTER_STACK, "--non-interactive"]);
  }

  up(): Promise<Ended> {
    return this.pulumi("up", "--yes", "--skip-preview");
  }

  /** Waits until every pod is ready. */
  ready(seconds: number): Promise<Pod[]> {
    return allReady(seconds, this.replicas);
  }

  /** Waits until every planned target is scraped and up. */
  async everyTargetUp(seconds: number): Promise<void> {
    const { replicas, plan } = this;
    const expected = plan.targets.reduce(
      (sum, { workload }) => sum + (replicas.get(workload) ?? 0),
      0,
    );
    const url = "http://localhost:9090/api/v1/targets?state=active";
    await eventually(seconds, async () => {
      const { data } = targets.parse(JSON.parse(await inPod("prometheus", "wget", "-qO-", url)));
      const beside = ["probe", ...Object.values<string>(KUBELET_JOBS)];
      const scraped = data.activeTargets.filter(
        ({ labels }) => !beside.includes(labels["job"] ?? ""),
      );
      const down = scraped.filter(({ health }) => health !== "up");
      assert.deepEqual([scraped.length, down], [expected, []]);
    });
  }

  /** Takes everything down, data too. */
  async remove(): Promise<void> {
    await this.pulumi("state", "unprotect", "--all", "--yes");
    const { code, output } = await this.pulumi("destroy", "--yes");
    if (code !== 0) console.error(output);
    for (const name of TIERS) {
      await kubectl("delete", "namespace", tier(name), "--ignore-not-found");
    }
    rmSync(FILE, { force: true });
  }
}
