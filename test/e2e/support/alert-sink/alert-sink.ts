import assert from "node:assert/strict";
import path from "node:path";
import { z } from "zod";
import { run, succeeds } from "../command";

/** The name under which containers of the network reach it, on port 8080. */
export const ALERT_SINK = "alert-sink";
const IMAGE = "node:24.21.0-slim";

const messageShape = z.object({
  channel: z.string(),
  at: z.number(),
  path: z.string(),
  body: z.string(),
});

/** A message as it arrived. */
export type SunkMessage = z.output<typeof messageShape>;

/**
 * A container that stands in for Telegram, Slack, Discord, PagerDuty and webhooks (server.mjs), on a
 * network of whoever sends to it.
 */
export class AlertSink {
  private constructor(private readonly container: string) {}

  /** Starts one on this network. */
  static async start(network: string): Promise<AlertSink> {
    const script = path.join(__dirname, "server.mjs");
    const output = await succeeds(
      run("docker", [
        ...["run", "--detach", "--rm", "--network", network, "--network-alias", ALERT_SINK],
        ...["--user", "1000:1000", "--read-only", "--memory", "128m", "--cap-drop", "ALL"],
        ...["--volume", `${script}:/server.mjs:ro`, IMAGE, "node", "/server.mjs"],
      ]),
    );
    return new AlertSink(output.trim());
  }

  /** Every message so far, or those of one channel, in order. */
  async received(channel?: string): Promise<SunkMessage[]> {
    const output = await succeeds(run("docker", ["logs", this.container]));
    const messages = output
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => messageShape.parse(JSON.parse(line)));
    return messages.filter((message) => channel === undefined || message.channel === channel);
  }

  /** Ends it. */
  async stop(): Promise<void> {
    const { code, output } = await run("docker", ["rm", "--force", this.container]);
    assert.equal(code, 0, output);
  }
}
