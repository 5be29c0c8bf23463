import path from "node:path";
import type Docker from "dockerode";
import { z } from "zod";
import { httpRequest } from "../../../../cli/http-request";
import { eventually } from "../command";

/** The name by which Alertmanager reaches the sink, with the port of HTTP and that of mail. */
export const SINK = { name: "alert-sink", http: 8080, mail: 2525 } as const;
/** The lab's Node.js. */
const NODE_IMAGE = process.env["WHALEWATCH_E2E_NODE"] ?? "node:24.21.0-slim";

const channel = z.enum([
  "telegram",
  "slack",
  "discord",
  "pagerduty",
  "email",
  "heartbeat",
  "webhook",
]);
/** A channel that the sink stands in for. */
export type Channel = z.output<typeof channel>;
const recorded = z.object({
  at: z.string(),
  channel,
  path: z.string(),
  authorization: z.string().optional(),
  body: z.record(z.string(), z.unknown()),
});
/** A request as the sink got it. */
export type Recorded = z.output<typeof recorded>;

/** A container that takes alerts in place of the channels' own servers. */
export class ChannelSink {
  private constructor(
    private readonly container: Docker.Container,
    private readonly url: string,
  ) {}

  /** Starts it on a network, and waits until it answers. */
  static async start(docker: Docker, network: string, container: string): Promise<ChannelSink> {
    const created = await docker.createContainer({
      name: container,
      Image: NODE_IMAGE,
      Cmd: ["node", "/sink/server.mjs"],
      User: "1000:1000",
      ExposedPorts: { [`${SINK.http}/tcp`]: {} },
      HostConfig: {
        Binds: [`${path.resolve(__dirname)}:/sink:ro`],
        PortBindings: { [`${SINK.http}/tcp`]: [{ HostIp: "127.0.0.1", HostPort: "0" }] },
        Memory: 64 * 1024 * 1024,
      },
      NetworkingConfig: { EndpointsConfig: { [network]: { Aliases: [SINK.name] } } },
    });
    await created.start();
    const sink = new ChannelSink(created, await publishedUrl(created, SINK.http));
    await eventually(20, () => sink.requests());
    return sink;
  }

  /** What came so far, of one channel or of all. */
  async requests(of?: Channel): Promise<Recorded[]> {
    const { text } = await httpRequest(`${this.url}/requests`);
    const all = z.array(recorded).parse(JSON.parse(text));
    return of === undefined ? all : all.filter((request) => request.channel === of);
  }

  /** Waits for so many requests of a channel, and gives them. */
  arrived(of: Channel, count: number, withinSeconds: number): Promise<Recorded[]> {
    return eventually(withinSeconds, async () => {
      const found = await this.requests(of);
      if (found.length < count) throw new Error(`${of} got ${found.length} of ${count} requests`);
      return found;
    });
  }

  /** Waits until nothing has come for so long: what earlier alerts still have to say is said. */
  async quietFor(seconds: number, withinSeconds: number): Promise<void> {
    await eventually(withinSeconds, async () => {
      const newest = (await this.requests())
        .filter((request) => request.channel !== "heartbeat")
        .at(-1);
      if (newest === undefined) return;
      const since = (Date.now() - Date.parse(newest.at)) / 1000;
      if (since < seconds) throw new Error(`the last message came ${since.toFixed(0)} s ago`);
    });
  }

  /** Forgets what came. */
  async clear(): Promise<void> {
    await httpRequest(`${this.url}/requests`, "DELETE");
  }

  /** Makes channels answer with a status from now on; those not named are well. */
  async answer(statuses: Partial<Record<Channel, number>>): Promise<void> {
    await httpRequest(`${this.url}/answers`, "PUT", statuses);
  }

  /** Removes the container. */
  async remove(): Promise<void> {
    await this.container.remove({ force: true, v: true });
  }
}

/** Where a container's port is published on loopback. */
export async function publishedUrl(container: Docker.Container, port: number): Promise<string> {
  const { NetworkSettings } = await container.inspect();
  const [binding] = NetworkSettings.Ports[`${port}/tcp`] ?? [];
  if (binding === undefined) throw new Error(`port ${port} is not published`);
  return `http://127.0.0.1:${binding.HostPort}`;
}
