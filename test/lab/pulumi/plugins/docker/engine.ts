import { request as httpRequest, type IncomingMessage } from "node:http";
import { text } from "../protocol/readers";
import { isProperties, toValue, type Properties, type Value } from "../protocol/values";

/** Where the engine listens when neither the program nor DOCKER_HOST says otherwise. */
const DEFAULT_HOST = "unix:///var/run/docker.sock";

/** What goes along with a call. */
export interface Call {
  query?: Record<string, string>;
  body?: Properties;
  tar?: Buffer;
}

/** The engine's refusal of a call. */
export class EngineError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Whether an error says that the object does not exist. */
export function isMissing(error: unknown): boolean {
  return error instanceof EngineError && error.status === 404;
}

/** A connection to a Docker engine. */
export class Engine {
  private constructor(
    readonly host: string,
    private readonly target: { socketPath: string } | { hostname: string; port: string },
  ) {}

  /** The engine at `host`, else at DOCKER_HOST, else at the usual socket. */
  static at(host: string): Engine {
    const wanted = [host, process.env["DOCKER_HOST"], DEFAULT_HOST].find(Boolean) ?? DEFAULT_HOST;
    const url = new URL(wanted);
    if (url.protocol === "unix:") return new Engine(wanted, { socketPath: url.pathname });
    if (url.protocol === "tcp:" || url.protocol === "http:") {
      return new Engine(wanted, { hostname: url.hostname, port: url.port || "2375" });
    }
    throw new Error(`host: found "${wanted}"; the test plugin allows: unix://, tcp://, http://`);
  }

  /** Calls the engine and gives its JSON answer. */
  async call(method: string, path: string, options: Call = {}): Promise<Value> {
    const response = await this.send(method, path, options);
    return response === "" ? null : toValue(JSON.parse(response));
  }

  /** Calls the engine and gives the object it answers with. */
  async object(method: string, path: string, options: Call = {}): Promise<Properties> {
    const answer = await this.call(method, path, options);
    if (isProperties(answer)) return answer;
    throw new Error(`the engine answered ${method} ${path} with no object`);
  }

  /** The object at a path, or undefined when the engine has none. */
  async find(path: string): Promise<Properties | undefined> {
    try {
      return await this.object("GET", path);
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  /** Calls the engine where it answers with one JSON object a line; an `error` among them throws. */
  async progress(method: string, path: string, options: Call = {}): Promise<Properties[]> {
    const answer = await this.send(method, path, options);
    const lines = answer.split("\n").filter((line) => line.trim() !== "");
    const messages = lines.map((line) => toValue(JSON.parse(line))).filter(isProperties);
    const failure = messages.map((message) => text(message, "error")).find(Boolean);
    if (failure !== undefined) throw new Error(failure);
    return messages;
  }

  private send(method: string, path: string, { query, body, tar }: Call): Promise<string> {
    const search = query ? `?${new URLSearchParams(query).toString()}` : "";
    const payload = tar ?? (body ? Buffer.from(JSON.stringify(body)) : undefined);
    const headers: Record<string, string> = { host: "docker" };
    if (payload) {
      headers["content-type"] = tar ? "application/x-tar" : "application/json";
      headers["content-length"] = String(payload.length);
    }
    return new Promise((resolve, reject) => {
      const call = httpRequest(
        { ...this.target, method, path: path + search, headers },
        (answer) => {
          read(answer).then(resolve, reject);
        },
      );
      call.once("error", reject);
      call.end(payload);
    });
  }
}

async function read(response: IncomingMessage): Promise<string> {
  response.setEncoding("utf8");
  let body = "";
  for await (const chunk of response) body += String(chunk);
  const status = response.statusCode ?? 0;
  if (status < 400) return body;
  throw new EngineError(status, `Error response from daemon: ${messageOf(body)}`);
}

function messageOf(body: string): string {
  try {
    const answer = toValue(JSON.parse(body));
    if (isProperties(answer) && typeof answer["message"] === "string") return answer["message"];
  } catch {
    // Not JSON: shown as it is.
  }
  return body;
}
