import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import type { Plan } from "../../../cli/plan/plan";
import { RUNBOOKS_UID } from "../../../dashboards/runbook-panel";
import { eventually, succeeds, whalewatch } from "../support/command";
import { PORT_SHIFT, STACK } from "../support/e2e-stack";
import { getJson, status, vectorShape } from "../support/http";
import { ModelTraffic } from "../support/model-traffic";
import { hasData, panelQueries } from "../support/panels";

const PROMETHEUS = `http://127.0.0.1:${9090 + PORT_SHIFT}`;
const GRAFANA = `http://127.0.0.1:${3001 + PORT_SHIFT}`;
const ALERTMANAGER = `http://127.0.0.1:${9093 + PORT_SHIFT}`;

async function instant(query: string): Promise<string[]> {
  const url = `${PROMETHEUS}/api/v1/query?query=${encodeURIComponent(query)}`;
  const { data } = await getJson(url, vectorShape);
  return data.result.map(({ value }) => value[1]);
}

/** What watches sees everything that is declared. */
export function monitoring(planned: () => Plan): void {
  test("scrapes every declared target and probes every service", async () => {
    const expected = planned().targets.length;
    await eventually(60, async () => {
      assert.deepEqual(await instant('count(up{job!="probe"} == 1)'), [String(expected)]);
      assert.deepEqual(await instant("count(up == 0) or vector(0)"), ["0"]);
      assert.deepEqual(await instant('count(probe_success{job="probe"} == 1)'), ["3"]);
    });
  });

  test("tells Alertmanager, which is ready, and loads every rule", async () => {
    assert.equal(await status(`${ALERTMANAGER}/-/ready`), 200);
    const managers = z.object({
      data: z.object({ activeAlertmanagers: z.array(z.object({ url: z.string() })) }),
    });
    const { data } = await getJson(`${PROMETHEUS}/api/v1/alertmanagers`, managers);
    assert.deepEqual(data.activeAlertmanagers, [{ url: "http://alertmanager:9093/api/v2/alerts" }]);
    await eventually(60, async () => {
      const alerts = await getJson(
        `${ALERTMANAGER}/api/v2/alerts`,
        z.array(z.object({ labels: z.record(z.string(), z.string()) })),
      );
      assert.deepEqual(
        alerts.map(({ labels }) => labels["alertname"]),
        ["Watchdog"],
      );
    });
  });

  test("shows the provisioned datasource and dashboard, to nobody without the password", async () => {
    assert.equal(await status(`${GRAFANA}/api/search`), 401);
    const password = await succeeds(whalewatch(["password", "--stack", STACK]));
    const auth = `admin:${password.trim()}`;
    const health = await getJson(
      `${GRAFANA}/api/datasources/uid/Prometheus/health`,
      z.object({ status: z.string() }),
      auth,
    );
    assert.equal(health.status, "OK");
    const boards = await getJson(
      `${GRAFANA}/api/search`,
      z.array(z.object({ title: z.string() })),
      auth,
    );
    assert.ok(
      boards.some(({ title }) => title === "Backend Monitoring Overview"),
      JSON.stringify(boards),
    );
  });

  test("fills every panel of every dashboard with data", async () => {
    const password = (await succeeds(whalewatch(["password", "--stack", STACK]))).trim();
    const queries = await panelQueries(GRAFANA, `admin:${password}`);
    assert.deepEqual(
      [...new Set(queries.map(({ dashboard }) => dashboard))].sort(),
      planned()
        .dashboards.flatMap(({ uid, title }) => (uid === RUNBOOKS_UID ? [] : [title]))
        .sort(),
    );
    const from = Date.now() / 1000;
    const services = [8001, 8002, 8003].map((port) => `http://127.0.0.1:${port + PORT_SHIFT}`);
    const traffic = new ModelTraffic(services);
    await eventually(180, async () => {
      const empty: string[] = [];
      for (const query of queries) {
        if (await hasData(PROMETHEUS, query, from)) continue;
        empty.push(`${query.dashboard}, ${query.panel}: ${query.expr}`);
      }
      assert.deepEqual(empty, []);
    }).finally(() => traffic.stop());
  });
}
