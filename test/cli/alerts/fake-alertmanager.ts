import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestContext } from "node:test";
import type { PostedAlert } from "../../../cli/alerts/alertmanager-api";
import { TEST_LABEL } from "../../../model/alert-routing";

/** What the fake does with a test alert for a receiver. */
export type Fate = "arrives" | "refused" | "tried" | "ignored";

/** An Alertmanager on loopback that counts as the real one does. */
export interface FakeAlertmanager {
  readonly url: string;
  readonly posted: readonly PostedAlert[];
}

/** Starts one; it has been used before, so that its counters do not begin at 0. */
export async function fakeAlertmanager(
  context: Pick<TestContext, "after">,
  fates: Readonly<Record<string, Fate>>,
): Promise<FakeAlertmanager> {
  const posted: PostedAlert[] = [];
  const told = (receiver: string): number =>
    posted.filter(({ labels }) => labels[TEST_LABEL] === receiver).length;
  const metrics = () =>
    Object.entries(fates)
      .flatMap(([receiver, fate]) => {
        const count = fate === "ignored" ? 0 : told(receiver);
        const failed = fate === "arrives" ? 0 : count;
        const labels = `integration="webhook",receiver_name="${receiver}"`;
        return [
          `alertmanager_notification_requests_total{${labels}} ${7 + count}`,
          `alertmanager_notification_requests_failed_total{${labels}} ${2 + failed}`,
          `alertmanager_notifications_failed_total{${labels},reason="other"} ${fate === "refused" ? 1 + count : 1}`,
        ];
      })
      .join("\n");
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      if (request.url === "/api/v2/alerts") posted.push(...(JSON.parse(body) as PostedAlert[]));
      const receivers = ["nobody", ...Object.keys(fates)].map((name) => ({ name }));
      response.end(request.url === "/metrics" ? metrics() : JSON.stringify(receivers));
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  context.after(() => server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, posted };
}
