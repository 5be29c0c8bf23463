// Stands in for the services that alerts are sent to: answers as they do, and prints each message
// that it gets as a line of JSON: { channel, at (seconds since 1970), path, body }.
import { createServer } from "node:http";

/** By the beginning of the path: which service it is, and what that one answers. */
const CHANNELS = [
  {
    path: /^\/bot[^/]+\/sendMessage$/,
    channel: "telegram",
    status: 200,
    answer: () => ({
      ok: true,
      result: {
        message_id: 1,
        date: Math.floor(Date.now() / 1000),
        chat: { id: 1, type: "group" },
      },
    }),
  },
  { path: /^\/slack/, channel: "slack", status: 200, answer: () => "ok" },
  { path: /^\/discord/, channel: "discord", status: 204, answer: () => "" },
  {
    path: /^\/pagerduty/,
    channel: "pagerduty",
    status: 202,
    answer: () => ({ status: "success", message: "Event processed", dedup_key: "1" }),
  },
  { path: /^\/webhook/, channel: "webhook", status: 200, answer: () => "" },
  { path: /^\/refuse/, channel: "refuse", status: 403, answer: () => "not for you" },
];

const server = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk) => (body += chunk));
  request.on("end", () => {
    const path = request.url ?? "/";
    const found = CHANNELS.find((each) => each.path.test(path));
    console.log(
      JSON.stringify({ channel: found?.channel ?? "unknown", at: Date.now() / 1000, path, body }),
    );
    const answer = found?.answer() ?? "no such service";
    const text = typeof answer === "string" ? answer : JSON.stringify(answer);
    const type = typeof answer === "string" ? "text/plain" : "application/json";
    response.writeHead(found?.status ?? 404, { "content-type": type }).end(text);
  });
});
server.listen(8080, "0.0.0.0");
process.on("SIGTERM", () => server.close(() => process.exit(0)));
