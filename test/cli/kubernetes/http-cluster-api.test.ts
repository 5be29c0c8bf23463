import assert from "node:assert/strict";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { test, type TestContext } from "node:test";
import { KubeConfig } from "@kubernetes/client-node";
import { ABSENT, ApiError, FORBIDDEN, unless } from "../../../cli/kubernetes/api/cluster-api";
import { HttpClusterApi } from "../../../cli/kubernetes/api/http-cluster-api";

interface Seen {
  readonly request: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

/** An API server that answers everything with one status and text, and what it was asked. */
async function serve(context: TestContext, status: number, text: string) {
  const seen: Seen[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const { authorization } = request.headers;
      seen.push({ request: `${request.method ?? ""} ${request.url ?? ""}`, authorization, body });
      response.writeHead(status).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { seen, api: client(`http://127.0.0.1:${port}/prefix`) };
}

function client(server: string): HttpClusterApi {
  const config = new KubeConfig();
  const cluster = { name: "lab", server, skipTLSVerify: true };
  config.loadFromClusterAndUser(cluster, { name: "me", token: "the-token" });
  return new HttpClusterApi(config, "lab", server);
}

test("requests go below the server's path, with the user's credentials", async (context) => {
  const { api, seen } = await serve(context, 200, '{"kind": "Pod"}');
  assert.deepEqual(await api.get("/api/v1/pods?limit=1"), { kind: "Pod" });
  assert.equal(await api.text("/log"), '{"kind": "Pod"}');
  await api.post("/api/v1/pods", { name: "a" });
  await api.remove("/api/v1/pods/a");
  assert.deepEqual(
    seen.map(({ request }) => request),
    [
      "GET /prefix/api/v1/pods?limit=1",
      "GET /prefix/log",
      "POST /prefix/api/v1/pods",
      "DELETE /prefix/api/v1/pods/a",
    ],
  );
  assert.deepEqual(
    new Set(seen.map(({ authorization }) => authorization)),
    new Set(["Bearer the-token"]),
  );
  assert.equal(seen[2]?.body, '{"name":"a"}');
  assert.match(seen[3]?.body ?? "", /"propagationPolicy":"Background"/);
});

for (const [text, message] of [
  ['{"kind": "Status", "message": "pods is forbidden"}', "pods is forbidden"],
  ["<html>", "HTTP 403"],
] as const) {
  test(`a refusal is told with its status and words: ${message}`, async (context) => {
    const { api } = await serve(context, FORBIDDEN, text);
    await assert.rejects(api.get("/x"), (error) => {
      assert.ok(error instanceof ApiError);
      assert.deepEqual([error.message, error.status], [message, FORBIDDEN]);
      return true;
    });
    assert.equal(await unless([FORBIDDEN], api.get("/x"), "instead"), "instead");
    await assert.rejects(unless([ABSENT], api.get("/x"), "instead"), ApiError);
  });
}

test("a server that is not there has no status", async () => {
  await assert.rejects(client("http://127.0.0.1:1").get("/x"), (error) => {
    assert.ok(error instanceof ApiError);
    assert.deepEqual(
      [error.message, error.status],
      ["connect ECONNREFUSED 127.0.0.1:1", undefined],
    );
    return true;
  });
});
