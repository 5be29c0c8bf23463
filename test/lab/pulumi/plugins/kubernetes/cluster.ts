import { request as httpRequest, type IncomingMessage } from "node:http";
import { Agent, request as httpsRequest, type RequestOptions } from "node:https";
import type { KubeConfig } from "@kubernetes/client-node/dist/config.js";
import { isProperties, toValue, type Properties } from "../protocol/values";
import { textAt } from "./api-object";

const TIMEOUT_MS = 30_000;

/** What goes along with a call. */
export interface Call {
  query?: Record<string, string>;
  body?: unknown;
  contentType?: string;
}

/** The API server's refusal of a call. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly answer: Properties,
    text: string,
  ) {
    super(textAt(answer, "message") || text || `the server answered with status ${status}`);
  }

  /** The reason in one word, such as `AlreadyExists`. */
  get reason(): string {
    return textAt(this.answer, "reason");
  }
}

/** Whether an error is the API server's, with one of these reasons. */
export function isRefusal(error: unknown, ...reasons: readonly string[]): error is ApiError {
  return error instanceof ApiError && reasons.includes(error.reason);
}

/** Whether an error says that there is no such object, or nothing at that path. */
export function isMissing(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}

/** A connection to the API server of a cluster. JSON goes in and out as it is. */
export class Cluster {
  private constructor(
    private readonly server: URL,
    private readonly options: RequestOptions,
  ) {}

  /** Prepares a connection with the credentials of a kubeconfig. */
  static async of(config: KubeConfig): Promise<Cluster> {
    const cluster = config.getCurrentCluster();
    if (cluster === null) throw new Error("no cluster has been configured");
    const options: RequestOptions = { headers: {} };
    await config.applyToHTTPSOptions(options);
    const server = new URL(cluster.server);
    if (server.protocol === "https:" && cluster.proxyUrl === undefined) {
      options.agent = new Agent({ keepAlive: true, maxSockets: 16 });
    }
    return new Cluster(server, options);
  }

  /** Calls the API and gives the object it answers with. */
  async call(
    method: string,
    path: string,
    { query, body, contentType }: Call = {},
  ): Promise<Properties> {
    const search = new URLSearchParams(query).toString();
    const payload = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const url = new URL(this.server);
    url.pathname = `${url.pathname.replace(/\/$/, "")}${path}`;
    url.search = search;
    const headers = {
      ...this.options.headers,
      accept: "application/json",
      ...(payload && {
        "content-type": contentType ?? "application/json",
        "content-length": payload.length,
      }),
    };
    const send = url.protocol === "http:" ? httpRequest : httpsRequest;
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const call = send(url, { ...this.options, method, headers, timeout: TIMEOUT_MS }, resolve);
      call.once("timeout", () => call.destroy(new Error(`no answer from ${url.host} in 30 s`)));
      call.once("error", reject);
      call.end(payload);
    });
    return read(answer);
  }
}

async function read(response: IncomingMessage): Promise<Properties> {
  response.setEncoding("utf8");
  let text = "";
  for await (const chunk of response) text += String(chunk);
  const answer = parse(text);
  const status = response.statusCode ?? 0;
  if (status >= 400) throw new ApiError(status, answer, text);
  return answer;
}

function parse(text: string): Properties {
  try {
    const answer = toValue(JSON.parse(text));
    return isProperties(answer) ? answer : {};
  } catch {
    return {};
  }
}
