import http from "node:http";

const ANSWER_WITHIN_MS = 10_000;

/** An answer, whatever its status. */
export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
}

/**
 * Asks over plain HTTP on this machine. Not by `fetch`: in Node.js 20 it never settles when a port is
 * open and nothing behind it answers yet, as with a container that is just starting, and the process
 * then ends as if all were well.
 * @throws Error when there is no answer.
 */
export function httpRequest(url: string, method = "GET", json?: unknown): Promise<HttpAnswer> {
  const body = json === undefined ? undefined : JSON.stringify(json);
  const headers = body === undefined ? {} : { "Content-Type": "application/json" };
  return new Promise((resolve, reject) => {
    // A connection of its own for each: a kept one may have been closed meanwhile.
    const options = { method, headers, agent: false, timeout: ANSWER_WITHIN_MS };
    const request = http.request(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.once("error", reject);
      response.once("end", () => {
        resolve({
          status: response.statusCode ?? 0,
          text: Buffer.concat(chunks).toString("utf8"),
        });
      });
    });
    request.once("timeout", () => {
      request.destroy(new Error(`no answer within ${ANSWER_WITHIN_MS / 1000} s`));
    });
    request.once("error", reject);
    request.end(body);
  });
}
