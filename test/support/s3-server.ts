import { createHash, createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import type { TestContext } from "node:test";

/** The one key that the store knows, and its region. */
export const S3_KEY = { id: "test-key", secret: "test-secret", region: "eu-test-1" } as const;

/** A store that speaks as much of S3 as putting and getting objects take, on loopback. */
export interface S3Server {
  readonly url: string;
  /** Objects by `BUCKET/NAME`, in the order in which they came. */
  readonly objects: Map<string, Buffer>;
}

/** Starts one; it ends with the test. A request whose signature is not right is refused. */
export async function startS3(context: Pick<TestContext, "after">): Promise<S3Server> {
  const objects = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    void (async () => {
      const body = await buffer(request);
      const name = decodeURIComponent((request.url ?? "").split("?")[0] ?? "").slice(1);
      const answer = (status: number, code: string, content: Buffer | string = ""): void => {
        const xml = `<Error><Code>${code}</Code><Message>${code}</Message></Error>`;
        const found = status === 200;
        response.writeHead(status, {
          "content-length": Buffer.byteLength(found ? content : xml),
          etag: '"0"',
          "last-modified": "Fri, 27 Nov 2026 00:00:00 GMT",
        });
        response.end(request.method === "HEAD" ? undefined : found ? content : xml);
      };
      if (!isSigned(request)) return answer(403, "SignatureDoesNotMatch");
      if (request.method === "PUT") {
        objects.set(name, body);
        return answer(200, "");
      }
      const object = objects.get(name);
      return object === undefined ? answer(404, "NoSuchKey") : answer(200, "", object);
    })();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  context.after(() => server.close());
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { url: `http://127.0.0.1:${address.port}`, objects };
}

const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac("sha256", key).update(text).digest();

/** AWS' signature of version 4, as its reference describes it. */
function isSigned({ method = "", url = "", headers }: IncomingMessage): boolean {
  const [, scope = "", signed = "", signature] =
    /^AWS4-HMAC-SHA256 Credential=[\w-]+\/([^,]+), ?SignedHeaders=([^,]+), ?Signature=(\w+)$/.exec(
      headers.authorization ?? "",
    ) ?? [];
  const header = (name: string): string => String(headers[name] ?? "");
  const [location = "", query = ""] = url.split("?");
  const canonical = [
    method,
    location,
    query,
    ...signed.split(";").map((name) => `${name}:${header(name)}`),
    "",
    signed,
    header("x-amz-content-sha256"),
  ].join("\n");
  const digest = createHash("sha256").update(canonical).digest("hex");
  const text = ["AWS4-HMAC-SHA256", header("x-amz-date"), scope, digest].join("\n");
  const key = scope.split("/").reduce(hmac, Buffer.from(`AWS4${S3_KEY.secret}`));
  return hmac(key, text).toString("hex") === signature;
}
