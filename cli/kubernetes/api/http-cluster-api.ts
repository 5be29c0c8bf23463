import http from "node:http";
import https from "node:https";
import type { KubeConfig } from "@kubernetes/client-node";
import { z } from "zod";
import { ApiError, type ClusterApi } from "./cluster-api";

const ANSWER_WITHIN_MS = 10_000;
const statusSchema = z.object({ message: z.string() });

/** Speaks to the API server of a kubeconfig's current context, with its credentials. */
export class HttpClusterApi implements ClusterApi {
  private options: Promise<https.RequestOptions> | undefined;

  constructor(
    private readonly config: KubeConfig,
    readonly context: string,
    readonly server: string,
  ) {}

  async get(path: string): Promise<unknown> {
    return JSON.parse(await this.request("GET", path)) as unknown;
  }

  text(path: string): Promise<string> {
    return this.request("GET", path);
  }

  async post(path: string, body: unknown): Promise<unknown> {
    return JSON.parse(await this.request("POST", path, JSON.stringify(body))) as unknown;
  }

  async remove(path: string): Promise<void> {
    // What it owns goes first, so that nothing of it is left once it is gone.
    const options = { apiVersion: "v1", kind: "DeleteOptions", propagationPolicy: "Background" };
    await this.request("DELETE", path, JSON.stringify(options));
  }

  private async request(method: string, path: string, body?: string): Promise<string> {
    this.options ??= this.credentials();
    const given = await this.options;
    const url = new URL(`${this.server.replace(/\/$/, "")}${path}`);
    const options: https.RequestOptions = {
      ...given,
      method,
      timeout: ANSWER_WITHIN_MS,
      headers: { ...given.headers, ...(body !== undefined && headersOf(body)) },
    };
    const { request } = url.protocol === "http:" ? http : https;
    return new Promise((resolve, reject) => {
      const asked = request(url, options, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.once("error", (error) => reject(new ApiError(error.message)));
        response.once("end", () => {
          const text = Buffer.concat(chunks).toString("utf8");
          const { statusCode = 0 } = response;
          if (statusCode >= 200 && statusCode < 300) resolve(text);
          else reject(new ApiError(reasonIn(text, statusCode), statusCode));
        });
      });
      asked.once("timeout", () => {
        asked.destroy(new Error(`no answer within ${ANSWER_WITHIN_MS / 1000} s`));
      });
      asked.once("error", (error: NodeJS.ErrnoException) => {
        // An address with several IPs fails with an error for each and no message of its own.
        reject(new ApiError(error.message === "" ? (error.code ?? "unknown") : error.message));
      });
      asked.end(body);
    });
  }

  /** Once for all requests: a credentials plugin may take seconds. */
  private async credentials(): Promise<https.RequestOptions> {
    const options: https.RequestOptions = {};
    try {
      await this.config.applyToHTTPSOptions(options);
    } catch (error) {
      throw new ApiError(error instanceof Error ? error.message : String(error));
    }
    return options;
  }
}

/** With its length: Node.js sends none of its own along with a DELETE. */
function headersOf(body: string): Record<string, string> {
  return {
    "Content-Type": "application/json",
    "Content-Length": String(Buffer.byteLength(body)),
  };
}

function reasonIn(text: string, status: number): string {
  try {
    return statusSchema.parse(JSON.parse(text)).message;
  } catch {
    return `HTTP ${status}`;
  }
}
