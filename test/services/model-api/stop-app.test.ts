import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import { stopApp } from "../../../services/model-api/src/stop-app.js";
import { testApp } from "./support/test-app.js";

test("a request that does not end is cut off after the grace time", async (t) => {
  const { app, lines } = await testApp(t);
  const address = new URL(await app.listen({ port: 0, host: "127.0.0.1" }));
  const client = connect(Number(address.port), address.hostname);
  client.on("error", () => undefined);
  client.write(
    "POST /predict HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\n" +
      "Content-Length: 1000\r\n\r\n--b\r\n",
  );
  await once(app.server, "request");
  const cut = once(client, "close");
  const start = performance.now();
  await stopApp(app, 200);
  await cut;
  assert.ok(performance.now() - start < 1500);
  assert.ok(lines.some((line) => line.includes("requests cut off")));
});
