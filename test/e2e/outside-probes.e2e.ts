import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import type Docker from "dockerode";
import { z } from "zod";
import { dockerClient } from "../../cli/docker/stack-containers";
import { httpRequest } from "../../cli/http-request";
import { BLACKBOX_EXPORTER } from "../../model/workloads/blackbox-exporter";
import { PROMETHEUS, PROMETHEUS_PORT } from "../../model/workloads/prometheus";
import { declareStack } from "../support/declared-stack";
import { panelExpressions } from "../support/expressions";
import { publishedUrl } from "./support/channel-sink/channel-sink";
import { eventually } from "./support/command";
import { vectorShape } from "./support/http";
import { logOf, removeAlone, startAlone } from "./support/lone-workload";

const NAME = "whalewatch-outside-probes";
const CONTAINERS = {
  site: `${NAME}-site`,
  prober: `${NAME}-prober`,
  prometheus: `${NAME}-prometheus`,
};
/** A web server that makes a certificate of its own, which lasts for 12 hours. */
const CADDY_IMAGE = process.env["WHALEWATCH_E2E_CADDY"] ?? "caddy:2.11.4";
const HOST = "shop.example.com";
const CADDYFILE = `{
  skip_install_trust
}
${HOST} {
  tls internal
  respond /health "{\\"status\\": \\"ok\\"}"
  respond "the shop" 200
}
`;
const AUTHORITY = "/data/caddy/pki/authorities/local/root.crt";

const fast = { every: "5s", timeout: "3s" };
const off = { enabled: false };
const stack = declareStack({
  probes: {
    shop: { url: `https://${HOST}/`, ...fast },
    health: { url: `https://${HOST}/health`, expect: { text: '"status": "ok"' }, ...fast },
    "plain-text": { url: `http://${HOST}/`, expect: { status: 308 }, ...fast },
    "not-followed": { url: `http://${HOST}/`, ...fast },
    "other-text": { url: `https://${HOST}/health`, expect: { text: "(ok)" }, ...fast },
  },
  prometheus: { scrapeInterval: "1s" },
  ...{ grafana: {}, alertmanager: off, nodeExporter: off },
  alerts: {
    rules: Object.fromEntries(
      ["ProbeFailed", "ProbeCertificateExpiring", "ProbeCertificateNearlyExpired"].map((name) => [
        name,
        { for: "1s" },
      ]),
    ),
  },
});

describe("what is outside is probed", { concurrency: 1 }, () => {
  const docker = dockerClient();
  const folder = mkdtempSync(path.join(tmpdir(), `${NAME}-`));
  let site: Docker.Container;
  let prometheus = "";

  const query = async (expr: string) => {
    const url = `${prometheus}/api/v1/query?query=${encodeURIComponent(expr)}`;
    const { text } = await httpRequest(url);
    return vectorShape.parse(JSON.parse(text)).data.result;
  };
  /** Alerts that fire, each with its probe. */
  const firing = async (): Promise<string[]> =>
    (await query('ALERTS{alertstate="firing", job="outside-probe"}'))
      .map(({ metric }) => `${metric["alertname"] ?? ""} ${metric["probe"] ?? ""}`)
      .toSorted();

  before(async () => {
    await removeAlone(docker, NAME, Object.values(CONTAINERS));
    await docker.createNetwork({ Name: NAME });
    writeFileSync(path.join(folder, "Caddyfile"), CADDYFILE);
    site = await docker.createContainer({
      name: CONTAINERS.site,
      Image: CADDY_IMAGE,
      HostConfig: { Binds: [`${folder}/Caddyfile:/etc/caddy/Caddyfile:ro`] },
      NetworkingConfig: { EndpointsConfig: { [NAME]: { Aliases: [HOST] } } },
    });
    await site.start();
    writeFileSync(path.join(folder, "root.crt"), await authorityOf(site));
    await startAlone(docker, stack, BLACKBOX_EXPORTER, {
      ...{ network: NAME, container: CONTAINERS.prober, folder },
      env: ["SSL_CERT_FILE=/trusted.crt"],
      binds: [`${folder}/root.crt:/trusted.crt:ro`],
    });
    const server = await startAlone(docker, stack, PROMETHEUS, {
      ...{ network: NAME, container: CONTAINERS.prometheus, folder },
    });
    prometheus = await publishedUrl(server, PROMETHEUS_PORT);
    await eventually(20, async () => {
      const asked = await query('probe_success{job="outside-probe"}');
      if (asked.length < 5) throw new Error(`${asked.length} of 5 asked\n${await logOf(server)}`);
    });
  });
  after(async () => {
    await removeAlone(docker, NAME, Object.values(CONTAINERS));
    rmSync(folder, { recursive: true, force: true });
  });

  test("each answer is good or not, as declared", async () => {
    const asked = await query('probe_success{job="outside-probe"}');
    assert.deepEqual(
      Object.fromEntries(asked.map(({ metric, value }) => [metric["probe"], value[1]])),
      { shop: "1", health: "1", "plain-text": "1", "not-followed": "0", "other-text": "0" },
    );
  });

  test("what is not good fires, and so does a certificate that ends within hours", async () => {
    const certificate = (probe: string): string[] => [
      `ProbeCertificateExpiring ${probe}`,
      `ProbeCertificateNearlyExpired ${probe}`,
    ];
    await eventually(20, async () => {
      assert.deepEqual(
        await firing(),
        [
          ...["ProbeFailed not-followed", "ProbeFailed other-text"],
          ...["shop", "health", "other-text"].flatMap(certificate),
        ].toSorted(),
      );
    });
  });

  test("every panel about it has data", async () => {
    const panels = panelExpressions(stack).filter(({ expr }) => expr.includes("outside-probe"));
    assert.ok(panels.length >= 8, `${panels.length} panels`);
    for (const { where, expr } of panels) {
      assert.ok((await query(expr)).length > 0, `${where}: ${expr}`);
    }
  });

  test("a site that is gone is told of within seconds", async () => {
    await site.stop({ t: 0 });
    await eventually(30, async () => {
      const failed = (await firing()).filter((alert) => alert.startsWith("ProbeFailed"));
      assert.equal(failed.length, 5);
    });
  });
});

/** The certificate of the authority that the web server has made, once it has. */
function authorityOf(server: Docker.Container): Promise<Buffer> {
  return eventually(20, async () => {
    const archive = await server.getArchive({ path: AUTHORITY });
    const chunks: Buffer[] = [];
    for await (const chunk of archive) chunks.push(z.instanceof(Buffer).parse(chunk));
    const text = Buffer.concat(chunks).toString("latin1");
    const [pem] = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n/.exec(text) ?? [];
    if (pem === undefined) throw new Error("the web server has no certificate yet");
    return Buffer.from(pem);
  });
}
